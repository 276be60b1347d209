product = Zaguán
city = Ciudad de Las Cruces
sample-title = Una página
skip-to-content = Ir al contenido
other-language = English
sign-out = Cerrar sesión
nav-label = Principal
nav-home = Inicio
nav-legal-bases = Bases legales
nav-counter = Mostrador
foot-promise = Cada respuesta de este sistema queda registrada antes de darse.
faults-title = Por favor, revise lo siguiente
session-ends-soon = Su sesión termina a las { $time }, haga lo que haga. Termine o guarde su trabajo y vuelva a iniciar sesión.
session-unused = Su sesión termina a las { $time } si no hace nada.
session-unused-soon = Su sesión termina en unos tres minutos por falta de actividad. ¿Desea continuar?
session-stay = Seguir en la sesión

notice-signed-in = Ha iniciado sesión.
notice-signed-out = Ha cerrado la sesión.
notice-session-ended = Su sesión ha terminado. Inicie sesión para continuar donde estaba.
notice-access-overdue = Ha iniciado sesión. La revisión de su acceso está vencida y pronto se suspenderá: pida a una persona administradora que lo certifique.

date = { $day } de { $month } de { $year }
month-of-year = { $month } de { $year }
instant = { $date }, { $time } { $zone }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
stretch-days = { $count ->
    [one] 1 día
   *[other] { $count } días
}
stretch-hours = { $count ->
    [one] 1 hora
   *[other] { $count } horas
}
stretch-minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}
stretch-moment = menos de un minuto
