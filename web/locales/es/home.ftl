home-title = Inicio
