word-effect-permit = permitir
word-effect-deny = negar

word-reason-not-protected = sin protección
word-reason-not-outbound = no sale de la ciudad
word-reason-outside-scope = fuera del alcance de la resolución
word-reason-legal-basis = permitido por una base legal
word-reason-unclassified-field = dato sin clasificar
word-reason-confidential-address = domicilio confidencial
word-reason-no-legal-basis = sin base legal
word-reason-basis-not-found = base legal no encontrada
word-reason-instrument-not-accepted = documento no aceptado
word-reason-basis-rejected = base legal rechazada
word-reason-basis-not-verified = base legal sin verificar
word-reason-basis-revoked = base legal retirada
word-reason-basis-not-yet-valid = base legal aún no vigente
word-reason-basis-expired = base legal vencida
word-reason-basis-used-up = base legal agotada
word-reason-basis-other-store = base legal para otro registro
word-reason-basis-other-resident = base legal para otra persona residente
word-reason-basis-other-requester = base legal para otro solicitante
word-reason-basis-other-purpose = base legal para otro fin
word-reason-basis-class-not-in-scope = fuera del alcance de la base legal

word-obligation-counsel-review-1373 = revisión de la Procuraduría Municipal (8 U.S.C. 1373)
word-obligation-redisclosure-prohibited = no debe divulgarse a terceros
word-obligation-refer-to-clerk = pasa a la Secretaría Municipal
word-obligation-return-to-court = devolución al tribunal
word-obligation-review-after-release = revisión posterior a la entrega

word-outcome-denied = negada
word-outcome-partial = entregada en parte
word-outcome-released = entregada

word-policy-scope-all-external = toda solicitud externa
word-policy-scope-solely-federal-immigration = solicitudes solo para el control migratorio federal

word-media-type-application-pdf = PDF
word-media-type-image-png = imagen PNG
word-media-type-image-jpeg = imagen JPEG

word-instrument-search-warrant = orden judicial de registro
word-instrument-court-order = orden judicial de entrega de registros
word-instrument-judicial-subpoena = citación judicial
word-instrument-grand-jury-subpoena = citación de un gran jurado
word-instrument-arrest-warrant = orden de arresto firmada por un juez
word-instrument-ice-i200 = orden de arresto de ICE (I-200)
word-instrument-ice-i205 = orden de expulsión de ICE (I-205)
word-instrument-ice-i203 = orden de ICE de detener o liberar (I-203)
word-instrument-ice-i286 = aviso de ICE sobre custodia (I-286)
word-instrument-notice-to-appear = aviso de comparecencia (I-862)
word-instrument-expedited-removal = orden de expulsión acelerada (I-860)
word-instrument-detainer-i247 = solicitud de retención migratoria (I-247)
word-instrument-ncic-hit = coincidencia en la base NCIC
word-instrument-administrative-subpoena = citación administrativa (I-138)
word-instrument-immigration-judge-order = orden de un juez de inmigración
word-instrument-statute = ley
word-instrument-regulation = reglamento
word-instrument-court-rule = regla judicial
word-instrument-agreement = convenio vigente
word-instrument-public-records-duty = deber de acceso a registros públicos

word-basis-registered = registrada, en espera de verificación
word-basis-rejected = rechazada
word-basis-verified = verificada
word-basis-expired = vencida
word-basis-used-up = agotada
word-basis-revoked = retirada
word-basis-superseded = sustituida por otra

word-review-justified = justificada
word-review-not-justified = no justificada

word-check-outcome-pass = se cumple
word-check-outcome-fail = no se cumple
word-check-outcome-not-applicable = no viene al caso
word-check-outcome-unknown = aún no se sabe
word-check-severity-blocks = tiene que cumplirse
word-check-severity-holds = solo la Procuraduría puede dejarlo pasar
word-check-severity-warns = queda anotado
word-number-source-city-directory = el directorio propio de la ciudad
word-number-source-paper = el documento, o quien lo trajo
word-number-source-other = otra parte

word-referral-counsel-review-1373 = negativa por examinar (8 U.S.C. 1373)
word-referral-refer-to-clerk = solicitud de registros públicos para la Secretaría Municipal
word-referral-outcome-denial-stands = la negativa se mantiene
word-referral-outcome-disclosure-advised = se aconseja entregar la información
word-referral-outcome-nothing-held = la ciudad no tiene esa información
word-referral-outcome-handed-over = entregada a la Secretaría Municipal
word-referral-outcome-withdrawn = la persona solicitante la retiró

word-court-system-federal = federal
word-court-system-state = estatal

word-court-level-supreme = corte suprema
word-court-level-appeals = tribunal de apelaciones
word-court-level-district = tribunal de distrito
word-court-level-magistrate = juzgado de paz
word-court-level-metropolitan = tribunal metropolitano
word-court-level-municipal = tribunal municipal

word-role-records = personal de registros
word-role-counsel = Procuraduría Municipal
word-role-supervisor = supervisión de turno
word-role-auditor = auditoría
word-role-council = concejo
word-role-steward = administración de datos
word-role-security = seguridad
word-role-editor = redacción
word-role-admin = administración

word-account-invited = con invitación
word-account-active = activa
word-account-disabled = desactivada

word-permission-use-own-account = usar la cuenta propia
word-permission-manage-staff = administrar al personal
word-permission-manage-clients = administrar las aplicaciones de la ciudad
word-permission-read-access-review = ver la revisión de accesos
word-permission-certify-access = certificar accesos
word-permission-register-basis = registrar bases legales
word-permission-read-basis = ver bases legales
word-permission-store-document = guardar documentos escaneados
word-permission-read-document = leer documentos escaneados
word-permission-verify-basis = verificar bases legales
word-permission-revoke-basis = retirar bases legales
word-permission-review-basis = revisar emergencias, renovar mandatos
word-permission-read-violation = ver infracciones
word-permission-close-violation = cerrar infracciones
word-permission-read-catalog = ver el catálogo
word-permission-propose-class = proponer clases de datos
word-permission-settle-class = aprobar o rechazar clases propuestas
word-permission-review-denial = examinar negativas conforme a 8 U.S.C. 1373
word-permission-hand-to-clerk = pasar solicitudes de registros públicos a la Secretaría Municipal
word-permission-mark-confidential = marcar residentes confidenciales
word-permission-end-confidential = retirar marcas confidenciales
word-permission-read-decision = buscar decisiones
word-permission-read-log = ver el registro de auditoría
word-permission-ask-at-counter = consultar en el mostrador
word-permission-read-report = leer el informe para el concejo

word-purpose-immigration-enforcement = control migratorio
word-purpose-criminal-investigation = investigación penal
word-purpose-court-proceeding = procedimiento judicial
word-purpose-public-records-request = solicitud de registros públicos
word-purpose-emergency-response = respuesta a una emergencia
word-purpose-service-delivery = prestación de servicios
word-purpose-audit = auditoría
word-purpose-research = investigación académica
word-purpose-resident-request = solicitud de la persona residente
word-purpose-other = otro
word-purpose-not-stated = no indicado

# Quien actúa sin cuenta.
actor-operator = quien opera el sistema
actor-service = el programa
actor-program = el programa
