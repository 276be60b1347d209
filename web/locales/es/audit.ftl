# Auditoría: buscar, explicar y descargar decisiones; el registro mismo.
nav-decisions = Decisiones
nav-entries = Asientos
nav-log = Registro de auditoría
notice-verification-begun = Se está verificando el registro desde su primer asiento. Esta página muestra el avance.
notice-verification-under-way = Ya hay una verificación en curso.

audit-decisions-title = Decisiones
audit-decisions-lead = Todas las respuestas que se han dado, de la más reciente a la más antigua. Elija lo que le importa; lo que deje abierto no se toma en cuenta.
audit-from = Desde el día
audit-from-help = Empieza a medianoche, hora de la montaña.
audit-until = Hasta el día
audit-until-help = Este día queda incluido.
audit-asked-through = Por medio de
audit-client = Aplicación
audit-store = Registro de datos
audit-requester = Quién pidió
audit-agency = Agencia
audit-agency-help = Tal como se dio; las mayúsculas no importan.
audit-purpose = Finalidad
audit-outcome = Resultado
audit-class = Clase de un dato
audit-reason = Motivo de un dato
audit-reason-help = Con una clase: el motivo de ese mismo dato.
audit-basis = Base legal
audit-basis-help = El número de una base legal que se citó.
audit-resident = Residente
audit-resident-help = El número en el registro de datos elegido. Nunca se anota: el registro de auditoría solo dice que se buscó a alguien de ese registro.
audit-any = Cualquiera
audit-search = Buscar
audit-clear = Borrar
audit-search-recorded = Cada búsqueda deja un asiento en el registro de auditoría, con su nombre y estos filtros, pero nunca con una persona residente.
audit-show-all = Mostrar todas las decisiones
audit-found-title = { $count ->
    [0] Todas las decisiones
    [one] Hallado con un filtro
   *[other] Hallado con { $count } filtros
}
audit-as-of = El registro de auditoría tenía { $entries } asientos.
audit-as-of-replica = Leído de una copia que tenía { $entries } asientos del registro de auditoría; pueden faltarle los más recientes.
audit-found-caption = Decisiones, de la más reciente a la más antigua
audit-found-none = Ninguna decisión es así.
audit-found-none-yet = No hay nada en la parte revisada hasta ahora. El registro llega más atrás: siga con «Anteriores».
audit-when = Cuándo
audit-fields = Datos
audit-fields-released = { $released } de { $fields } entregados
audit-by-client = por medio de { $client }
audit-entry-number = asiento { $index }
audit-pages = Páginas
audit-older = Anteriores
audit-newest = Volver a las más recientes
audit-export-these = Descargar estas como archivo
audit-export-other = Descargar decisiones como archivo
audit-resident-erased = Las decisiones cuyo vínculo con la persona residente se borró por una regla de conservación ya no se encuentran por residente.

audit-fault-choice = Elija uno de la lista.
audit-fault-day = Dé un día, por ejemplo 2026-11-28.
audit-fault-period = El último día no puede ser anterior al primero.
audit-fault-agency = Una agencia tiene como máximo 200 caracteres en una línea.
audit-fault-basis = Dé el número completo de la base legal, por ejemplo 0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000.
audit-fault-resident = Este no puede ser el número de una persona residente. Revise si hay espacios al principio o al final.
audit-fault-resident-store = Elija también el registro de datos: los números de residentes son de un solo registro.

audit-decision-title = Decisión del { $instant }
audit-why-title = Por qué
audit-why-lead = Para cada dato se prueban las reglas en este orden. La primera que corresponde da la respuesta.
audit-field-class = Clase: { $class }. Motivo: { $reason }.
audit-opened-by = La base legal que lo abrió
audit-checks-title = Las comprobaciones de la base legal
audit-checks-lead = Se comprueba en este orden. Si hay varias bases legales, estas son las comprobaciones de la que llegó más lejos.
audit-citation = Fuente: { $citation }
audit-owed-title = Lo que se desprende de ella
audit-asked-title = Lo que se pidió
audit-not-stated = se juzgó como control migratorio, lo más estricto
audit-cited = Bases legales citadas
audit-cited-none = ninguna
audit-cited-unknown = no registrada
audit-policy = Política
audit-id = Número
audit-receipt = Descargar el comprobante
audit-see-entry = Ver el asiento
audit-commitments-title = Lo que el asiento no dice
audit-commitments-lead = El registro no nombra a la persona residente ni el texto libre de la solicitud. Guarda de cada uno un compromiso: un resumen criptográfico con una sal secreta. Quien tenga la sal y el texto puede mostrar que pertenecen a este asiento; nadie puede sacarlos de él.
audit-commitment-resident = Compromiso con la persona residente
audit-commitment-details = Compromiso con el texto
audit-linked = El vínculo sellado con la persona residente sigue ahí. Solo se abre por orden de un tribunal, con la llave de la ciudad.
audit-erased = El vínculo sellado con la persona residente se borró como exigen las reglas de conservación. El asiento y su prueba siguen siendo válidos sin él.

audit-rule-unclassified = Nadie ha clasificado el dato: negar.
audit-rule-confidential = Dirección confidencial (NMSA 40-13B): solo la abre la orden de un juez.
audit-rule-not-protected = La política no protege esta clase: permitir.
audit-rule-not-outbound = Los datos se quedan en la ciudad o van a la propia persona, y no para control migratorio: permitir.
audit-rule-outside-scope = La política se limita al control migratorio y esto es otra cosa: permitir.
audit-rule-legal-basis = Una base legal citada está vigente y cubre el dato: permitir.
audit-rule-otherwise = Todo lo demás: negar.
audit-finding-matched = Esta regla dio la respuesta.
audit-finding-not-reached = No se llegó a ella.
audit-finding-has-class = No: el dato tiene una clase.
audit-finding-other-class = No: no es un domicilio, teléfono ni correo.
audit-finding-not-marked = No: la persona no está en el programa.
audit-finding-is-protected = No: la política protege esta clase.
audit-finding-for-enforcement = No: era para control migratorio, o no se indicó la finalidad.
audit-finding-leaves-city = No: los datos habrían salido de la ciudad.
audit-finding-covers-everything = No: la política cubre toda solicitud de fuera.
audit-finding-none-cited = No: no se citó ninguna.
audit-finding-none-opens = No: ninguna de las citadas lo abre.

audit-check-basis-not-found = Está registrada.
audit-check-instrument-not-accepted = Este tipo de documento puede abrir esta clase.
audit-check-basis-rejected = No fue rechazada.
audit-check-basis-not-verified = Una segunda persona la verificó hace suficientemente poco.
audit-check-basis-revoked = No fue retirada ni sustituida.
audit-check-basis-not-yet-valid = Su plazo ha empezado.
audit-check-basis-expired = Su plazo no ha terminado.
audit-check-basis-used-up = Todavía se puede usar.
audit-check-basis-other-store = Cubre este registro de datos.
audit-check-basis-other-resident = Cubre a esta persona residente.
audit-check-basis-other-requester = Cubre a este solicitante.
audit-check-basis-other-purpose = Cubre esta finalidad.
audit-check-basis-class-not-in-scope = Cubre esta clase.
audit-check-held = se cumplió
audit-check-failed = no se cumplió
audit-check-unreached = no se llegó

audit-proof-title = Prueba
audit-proof-holds = Este asiento está en el registro tal como se escribió.
audit-proof-now = Verificado en este momento, { $instant }.
audit-proof-checkpoint = Contra el punto de control sobre
audit-entries-count = { $count ->
    [one] un asiento
   *[other] { $count } asientos
}
audit-proof-published = Publicado el { $instant }.
audit-proof-unpublished = De la última confirmación; se publicará en breve.
audit-proof-root = Raíz del árbol
audit-proof-leaf = Hoja de este asiento
audit-proof-steps = Resúmenes entre las dos
audit-proof-means = La hoja se calculó de nuevo a partir del registro guardado y se llevó hasta la raíz de un punto de control firmado. Quien tenga ese punto de control puede repetirlo con el comprobante y herramientas ajenas.
audit-proof-fails = El registro no puede probar este asiento.
audit-proof-fails-do = Lo guardado no es lo que se registró. No cambie nada, conserve una copia de la base de datos y llame de inmediato a quien responde por el registro de auditoría.

audit-export-title = Descargar decisiones como archivo
audit-export-lead = El archivo contiene todas las decisiones que corresponden, de la más reciente a la más antigua, sea cual sea su tamaño. Nunca contiene a una persona residente, solo los compromisos que constan en el registro.
audit-export-filters = Qué decisiones
audit-format = Forma del archivo
audit-format-help = En CSV cada dato solicitado es una fila. JSON Lines guarda cada registro tal como se resumió, con lo que lo prueba.
word-export-format-csv = CSV, para hojas de cálculo
word-export-format-jsonl = JSON Lines, para programas
audit-export-button = Descargar
audit-export-recorded = La descarga deja un asiento en el registro de auditoría, con su nombre y estos filtros, pero nunca con una persona residente. Un texto que una hoja de cálculo ejecutaría como fórmula lleva un apóstrofo delante.
audit-export-watch-lead = Mientras se escribe el archivo:
audit-export-watch = vea el avance
audit-export-progress-title = Avance del archivo
audit-export-decisions = { $count ->
    [one] decisión escrita hasta ahora
   *[other] decisiones escritas hasta ahora
}
audit-export-share = Se revisó el { $percent } % del periodo.
audit-export-not-begun = El archivo aún no se ha empezado: se empieza en cuanto usted elija «Descargar».
audit-export-done = El archivo está completo.
audit-refresh = Mirar de nuevo

audit-log-title = Registro de auditoría
audit-log-lead = Todo lo que hace este sistema es un asiento en un registro que nadie puede reescribir sin que se note. Aquí usted ve si eso se cumple.
audit-log-unwritable = Por ahora no se puede escribir ningún asiento. No se entrega nada hasta que se corrija.
audit-log-length = Asientos
audit-log-range = Desde el { $first } hasta el { $last }.
audit-log-writer = Escritura
audit-log-writable = se pueden escribir asientos
audit-log-not-writable = no se puede escribir ningún asiento
audit-log-writer-means = Ninguna respuesta sale antes de que su asiento esté guardado de forma segura.
audit-log-published = Último punto de control publicado
audit-log-none-published = Todavía no se ha publicado ningún punto de control.
audit-log-since = { $count ->
    [0] Desde entonces no se añadió nada.
    [one] Desde entonces se añadió un asiento.
   *[other] Desde entonces se añadieron { $count } asientos.
}
audit-log-anchor = Ancla
audit-anchor-agrees = coincide
audit-anchor-differs = no coincide
audit-anchor-none = no hay ninguna
audit-anchor-size = { $count ->
    [one] En un asiento.
   *[other] En { $count } asientos.
}
audit-anchor-means = Un punto de control reciente que se guarda lejos de la base de datos, para notar si esta se hizo retroceder.
audit-anchor-fault = La base de datos no es la que vio el ancla.
audit-verification-title = Verificación de todo el registro
audit-verification-means = Cada asiento se resume de nuevo a partir de lo guardado y se compara con el árbol, con cada punto de control publicado y con el ancla. El resultado es también un asiento.
audit-verification-progress = Se han verificado { $done } de { $of } asientos.
audit-verification-result = Resultado
audit-verification-good = todo concuerda
audit-verification-bad = algo no concuerda
audit-verification-failed = La última verificación encontró algo que no concuerda.
audit-verification-range = Alcance
audit-verification-entries = { $count ->
    [one] El primer asiento.
   *[other] Los primeros { $count } asientos.
}
audit-verification-checkpoints = Puntos de control publicados que concuerdan
audit-verification-old = El registro no se ha verificado en los últimos siete días.
audit-verify-now = Verificar el registro ahora
audit-witnesses-title = Testigos
audit-witnesses-means = Otros que firman lo que se publica, cada uno solo si continúa lo que firmó antes. Ninguna decisión espera por ellos.
audit-witnesses-none = No se pide a nadie que firme lo que se publica.
audit-witnesses-caption = Testigos, y lo último que firmó cada uno
audit-witness = Testigo
audit-witness-size = Asientos firmados
audit-witness-when = Firmó por última vez
audit-witness-age = hace { $time }
audit-witness-state = Estado
audit-witness-never = nunca
audit-witness-not-asked = Ya no se le pide.
audit-witness-failures = { $count ->
    [one] un intento fallido
   *[other] { $count } intentos fallidos
}
audit-witness-alarm = El testigo { $name } no está de acuerdo con este registro.
audit-witness-alarm-do = O se equivoca, o este registro se hizo retroceder o tiene dos historias. Pídale lo que firmó y haga verificar el registro.
audit-witness-trouble-none = Sin problemas.
audit-witness-trouble-timed-out = No respondió a tiempo.
audit-witness-trouble-unreachable = No se puede llegar a él.
audit-witness-trouble-untrusted = No hay una conexión de confianza con él.
audit-witness-trouble-garbled = Su respuesta no se puede leer.
audit-witness-trouble-refused = Se negó a firmar.
audit-witness-trouble-invalid = Lo que envió no es una firma válida de este registro.
audit-witness-trouble-future = Su reloj está adelantado respecto al nuestro.
audit-witness-trouble-unsteady = No dice con claridad hasta dónde firmó.
audit-witness-trouble-early = Ha visto un estado más nuevo que el publicado; se le pide otra vez después de la próxima publicación.
audit-witness-trouble-inconsistent = No acepta que el registro continúe lo que firmó antes.
audit-witness-trouble-ahead = Dice que firmó más asientos de los que tiene el registro.
audit-witness-trouble-own = No se pudo leer el registro o no se pudo guardar la firma.
audit-log-outside-title = Para quienes están fuera
audit-log-outside = Quien guarde un punto de control y la llave puede probar después, sin nosotros, que la historia no se reescribió.
audit-log-origin = Nombre del registro
audit-log-root = Raíz del árbol, ahora
audit-log-key = Llave
audit-log-key-retired = Llave anterior
audit-log-searchable = Asientos que las búsquedas hallan de inmediato
audit-log-note = El punto de control tal como se publicó
audit-log-get-checkpoint = Punto de control más reciente
audit-log-get-key = Llave de verificación

audit-entries-title = Asientos del registro
audit-entries-lead = Quién hizo qué y cuándo: decisiones, entradas al sistema, bases legales, cambios y todo lo que se rechazó.
audit-entries-found = Hallado
audit-entries-none = Ningún asiento es así.
audit-entries-caption = Asientos, del más reciente al más antiguo
audit-kind = Qué pasó
audit-actor = Quién
audit-actor-help = Un nombre de usuario, la clave de una aplicación, «operator» o «service».
audit-index = Asiento
audit-entry-title = Asiento { $index }
audit-entry-sentence = { $instant }, { $actor }: { $kind }.
audit-entry-about = Lo que dice
audit-entry-decision = Ver la decisión y su explicación
audit-entry-record = El registro guardado
audit-entry-record-lead = Se muestra con saltos de línea; lo que se resumió no los tiene.
audit-entry-nonce = Número único:
audit-entry-next = Asiento siguiente
audit-entry-previous = Asiento anterior
audit-about-reason = Motivo
audit-about-permission = Permiso
audit-about-store = Registro de datos
audit-about-resident-in = Una persona residente del registro de datos
audit-about-requester-kind = Quién pidió
audit-about-legal-basis = Base legal
audit-about-decision = Decisión
audit-about-outcome = Resultado
audit-about-client = Aplicación
audit-about-username = Nombre de usuario
audit-about-roles = Funciones
audit-about-agency = Agencia
audit-about-purpose = Finalidad
audit-about-class = Clase
audit-about-from = Desde
audit-about-until = Hasta
audit-about-before = Antes del asiento
audit-about-index = Asiento
audit-about-kind = Qué pasó
audit-about-actor = Quién
audit-about-format = Forma del archivo
audit-about-entries = Asientos
audit-about-root = Raíz del árbol
audit-about-fault = Lo que no concuerda
audit-about-checkpoints = Puntos de control que concuerdan
audit-about-anchored = Asientos bajo el ancla
audit-about-policy = Política
audit-about-version = Versión
audit-verification-tallies = Cifras de los informes
audit-verification-tallied = { $count ->
    [one] Cuentan 1 asiento, y lo cuentan bien.
   *[other] Cuentan { $count } asientos, y los cuentan bien.
}
