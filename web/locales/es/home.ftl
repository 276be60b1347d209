home-title = Inicio
home-needs = Lo que le espera ahora
home-nothing = No hay nada pendiente para usted. Aquí verá lo que llegue.
home-ways = Adónde puede ir
home-roles = Sus funciones:
home-due = Lo primero vence:

home-log-down-title = { $count ->
    [one] problema con el registro de auditoría
   *[other] problemas con el registro de auditoría
}
home-log-down-text = En este momento no se puede escribir en el registro de auditoría. Hasta que se pueda, no se entrega ni se cambia nada. Avise a quienes operan este sistema.
home-log-down-link = Ver el registro de auditoría
home-log-altered-title = { $count ->
    [one] registro de auditoría que no concuerda
   *[other] registros de auditoría que no concuerdan
}
home-log-altered-text = La última verificación encontró en el registro de auditoría algo que no encaja. Alguien debe examinarlo antes de que nadie confíe en él.
home-log-altered-link = Ver el registro de auditoría
home-reviews-overdue-title = { $count ->
    [one] revisión atrasada
   *[other] revisiones atrasadas
}
home-reviews-overdue-text = Una emergencia abrió registros y nadie ha dicho todavía si estaba justificada. La Procuraduría o una persona supervisora debe revisarla de inmediato.
home-reviews-overdue-link = Revisarla ahora
home-emergencies-to-verify-title = { $count ->
    [one] emergencia por verificar
   *[other] emergencias por verificar
}
home-emergencies-to-verify-text = Puede haber alguien en peligro, y los registros siguen cerrados hasta que una segunda persona la examine.
home-emergencies-to-verify-link = Ver la emergencia
home-warrants-to-verify-title = { $count ->
    [one] orden judicial por verificar
   *[other] órdenes judiciales por verificar
}
home-warrants-to-verify-text = La registró otra persona. No abre nada hasta que la Procuraduría la verifique.
home-warrants-to-verify-link = Verificar órdenes
home-mandates-to-verify-title = { $count ->
    [one] mandato legal por verificar
   *[other] mandatos legales por verificar
}
home-mandates-to-verify-text = Lo registró otra persona. No abre nada hasta que la Procuraduría lo verifique.
home-mandates-to-verify-link = Verificar mandatos
home-reviews-owed-title = { $count ->
    [one] emergencia por revisar
   *[other] emergencias por revisar
}
home-reviews-owed-text = En un plazo de 72 horas, alguien distinto de quien la registró dice si la emergencia estaba justificada.
home-reviews-owed-link = Revisar emergencias
home-denials-1373-title = { $count ->
    [one] negativa por examinar
   *[other] negativas por examinar
}
home-denials-1373-text = Se negó la situación migratoria a una agencia federal de inmigración. La Procuraduría examina cada caso conforme a 8 U.S.C. 1373; mientras tanto no se entrega nada.
home-denials-1373-link = Examinar negativas
home-violations-open-title = { $count ->
    [one] infracción abierta
   *[other] infracciones abiertas
}
home-violations-open-text = Una revisión encontró una entrega que no debió hacerse. Sigue abierta hasta que la Procuraduría diga qué se hizo.
home-violations-open-link = Ver infracciones
home-renewals-due-title = { $count ->
    [one] mandato por renovar
   *[other] mandatos por renovar
}
home-renewals-due-text = Un mandato permanente termina en menos de treinta días si nadie lo examina de nuevo.
home-renewals-due-link = Renovar mandatos
home-clerk-referrals-title = { $count ->
    [one] solicitud para la Secretaría Municipal
   *[other] solicitudes para la Secretaría Municipal
}
home-clerk-referrals-text = Aquí se negó algo de una solicitud de registros públicos. La contesta la Secretaría Municipal: una carta en tres días hábiles y la respuesta en quince días.
home-clerk-referrals-link = Pasar solicitudes
home-scans-missing-title = { $count ->
    [one] documento sin copia escaneada
   *[other] documentos sin copia escaneada
}
home-scans-missing-text = Usted lo registró, pero no hay copia escaneada guardada. Sin ella nadie puede verificarlo.
home-scans-missing-link = Ver lo que registró
home-unknown-fields-title = { $count ->
    [one] dato desconocido
   *[other] datos desconocidos
}
home-unknown-fields-text = Una aplicación pidió un dato que ningún catálogo nombra. Se niega a todos hasta que se clasifique.
home-unknown-fields-link = Clasificar datos
home-proposals-open-title = { $count ->
    [one] clase propuesta por resolver
   *[other] clases propuestas por resolver
}
home-proposals-open-text = Otra persona propone de qué clase es un dato. Una segunda lo aprueba o lo rechaza.
home-proposals-open-link = Resolver propuestas
home-log-unverified-title = { $count ->
    [one] verificación pendiente
   *[other] verificaciones pendientes
}
home-log-unverified-text = Hace una semana que nadie verifica el registro de auditoría.
home-log-unverified-link = Verificar el registro de auditoría
home-accounts-due-title = { $count ->
    [one] cuenta por certificar
   *[other] cuentas por certificar
}
home-accounts-due-text = Los accesos se revisan cada noventa días. Lo que nadie certifica se suspende.
home-accounts-due-link = Abrir la revisión de accesos
home-clients-due-title = { $count ->
    [one] aplicación por certificar
   *[other] aplicaciones por certificar
}
home-clients-due-text = Una aplicación que nadie certifica se suspende y ya no recibe decisiones.
home-clients-due-link = Abrir la revisión de accesos
home-own-access-title = { $count ->
    [one] aviso: su propio acceso
   *[other] avisos: su propio acceso
}
home-own-access-text = Toca revisar su cuenta, y se suspenderá. Pida a una persona administradora que la certifique: nadie certifica la suya.
home-own-access-link = Su cuenta
