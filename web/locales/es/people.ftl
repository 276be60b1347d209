# Cuentas: configurar la propia, verla, las de todo el personal y la revisión de accesos.
nav-staff = Personal
nav-review = Revisión de accesos
people-any = Cualquiera
people-filter = Mostrar
people-filter-clear = Mostrar todo
people-next = Página siguiente
people-print = Imprimir esta página
people-never = nunca
people-choose = Elija una opción
secret-once = Esto se muestra una sola vez, ahora. No se guarda en ningún lugar de forma legible, así que no se puede volver a mostrar.

enrol-title = Configure su cuenta
enrol-hello = Le damos la bienvenida, { $name }.
enrol-lead = Elija una contraseña y conecte una aplicación de autenticación. Toma unos cinco minutos y necesita su teléfono.
enrol-lead-reset = Una persona administradora le envió este enlace para que comience de nuevo. Su contraseña anterior, sus códigos anteriores y la entrada anterior de la aplicación ya no sirven.
enrol-lead-first = Usted configura la primera cuenta de administración. Elija un nombre de usuario y una contraseña, y conecte una aplicación de autenticación.
enrol-good-until = Este enlace sirve una vez, hasta
enrol-step-app = 1. Conecte su aplicación de autenticación
enrol-app-help = Abra una aplicación de autenticación en su teléfono, elija «agregar cuenta» y escanee esta imagen. Sirve cualquier aplicación de códigos por tiempo.
enrol-qr = Imagen para escanear con su aplicación de autenticación; el mismo secreto está como texto a su lado
enrol-secret-help = Si no puede escanearla, escriba este secreto en la aplicación:
enrol-secret-settings = Tipo: por tiempo. Seis dígitos, un código nuevo cada 30 segundos.
enrol-step-password = 2. Elija una contraseña
enrol-password = Contraseña nueva
enrol-password-again = La contraseña nueva otra vez
enrol-step-code = 3. Demuestre que la aplicación funciona
enrol-code = Código
enrol-code-help = Los seis dígitos que la aplicación muestra ahora.
enrol-code-wrong = No es el código que la aplicación debería mostrar ahora. Espere el siguiente; si vuelve a fallar, compruebe que su teléfono ajusta la hora por sí mismo y escanee la imagen otra vez.
enrol-button = Configurar mi cuenta
enrol-done-title = Su cuenta está lista
enrol-done-lead = Desde ahora usted inicia sesión como { $username }, con su contraseña y un código de la aplicación. Antes de hacerlo: guarde estos códigos.
enrol-done-sign-in = Ya guardé los códigos: iniciar sesión
enrol-ended-title = Este enlace no sirve, o ya no sirve
enrol-ended-lead = Cada enlace sirve una vez y por un tiempo limitado, y un enlace más nuevo anula los anteriores.
enrol-ended-done = Si ya configuró su cuenta, puede iniciar sesión.
enrol-ended-new = Si no, pida un enlace nuevo a la persona administradora que se lo envió.

password-help = Al menos 12 caracteres. Unas cuantas palabras que no van juntas son fáciles de recordar. No hay reglas sobre dígitos o signos.
password-length = Una contraseña tiene de 12 a 256 caracteres.
password-username = La contraseña no debe contener el nombre de usuario.
password-local = Es poco más que el nombre de este sistema o de la ciudad: cualquiera lo intentaría aquí. Elija otra, por favor.
password-monotonous = Se repite o sigue el teclado. Elija otra, por favor.
password-common = Es una de las contraseñas más comunes y se intentaría primero. Elija otra, por favor.

codes-title = Códigos de recuperación
codes-once = Estos códigos se muestran una sola vez, ahora. No se pueden volver a mostrar.
codes-help = Cada código sirve una vez en lugar de un código de la aplicación, para el día en que su teléfono se pierda o se dañe. Imprima esta página o copie los códigos en un administrador de contraseñas. No los guarde en el teléfono.
codes-printed = Guarde esta hoja bajo llave. Nadie le pedirá nunca un código por teléfono o correo electrónico.

account-title = Su cuenta
account-back = A su cuenta
account-sessions = Dónde tiene sesiones abiertas
account-sessions-help = Si no reconoce alguna, termínela y cambie su contraseña.
account-session-since = Inicio de sesión
account-session-used = Último uso
account-session-address = Desde
account-session-end = Terminarla
account-session-end-button = Terminar
account-session-end-of = Terminar la sesión desde { $address }
account-session-this = esta
account-sessions-end-all = Terminar todas las sesiones y salir
account-password-title = Contraseña
account-password-lead = Una contraseña nueva termina todas sus demás sesiones.
account-password-button = Cambiar la contraseña
account-current-password = Contraseña actual
account-new-password = Contraseña nueva
account-passwords-differ = Las dos contraseñas nuevas no son iguales.
account-code-help = Los seis dígitos que su aplicación de autenticación muestra ahora. Un código sirve una sola vez: si acaba de iniciar sesión con él, espere el siguiente.
account-proof-wrong = La contraseña actual o el código no son correctos. Revise ambos; un código sirve una sola vez, así que espere el siguiente.
account-codes-title = Códigos de recuperación nuevos
account-codes-lead = Recibirá diez códigos nuevos. Los anteriores dejan de servir de inmediato.
account-codes-button = Crear códigos de recuperación nuevos
account-codes-new = Estos son sus códigos nuevos. Los anteriores ya no sirven.
account-codes-kept = Ya guardé los códigos
account-codes-left = { $count ->
    [one] Le queda un código.
   *[other] Le quedan { $count } códigos.
}
account-codes-few = { $count ->
    [0] No le queda ningún código. Cree códigos nuevos para poder entrar sin su teléfono.
    [one] Le queda un código. Cree códigos nuevos antes de necesitarlos.
   *[other] Le quedan { $count } códigos. Cree códigos nuevos antes de necesitarlos.
}
notice-account-session-ended = La sesión ha terminado.
notice-account-password-changed = Su contraseña ha cambiado. Sus demás sesiones han terminado.

staff-title = Personal
staff-back = A la lista del personal
staff-name = Nombre
staff-roles = Funciones
staff-status = Cuenta
staff-last-sign-in = Último inicio de sesión
staff-created = Creada el
staff-none = No hay nadie así.
staff-filter-name = Nombre o nombre de usuario
staff-filter-role = Función
staff-filter-status = Cuenta
staff-invite-title = Invitar a alguien
staff-invite-lead = Esto crea una cuenta y un enlace con el que su titular la configura. Usted certifica la cuenta a partir de hoy.
staff-invite-button = Crear la cuenta y su enlace
staff-username-help = De 3 a 32 de a–z, 0–9, punto, guion y guion bajo, y comienza con una letra. Aparece en el registro de auditoría y no se puede cambiar.
staff-username-refused = Un nombre de usuario tiene de 3 a 32 de a–z, 0–9, punto, guion y guion bajo, comienza con una letra y no es uno de los nombres que usa el propio sistema.
staff-username-taken = Este nombre de usuario ya existe. Elija otro, por favor.
staff-name-refused = Un nombre tiene de 1 a 100 caracteres, todos visibles.
staff-roles-help = La persona puede hacer lo que permita cualquiera de sus funciones. La administración no se combina con la Procuraduría Municipal ni con la auditoría: quien entrega cuentas no debe verificar bases legales ni revisar lo que se hizo.
staff-roles-empty = Elija al menos una función: nadie necesita una cuenta sin ninguna.
staff-roles-admin-with = Nadie puede tener a la vez las funciones «administración» y «{ $role }»: quien entrega cuentas no debe verificar bases legales ni revisar lo que se hizo. Elija una de las dos, o encargue la otra función a otra persona.
staff-link-title = El enlace está listo
staff-link-lead = Entregue este enlace a { $username } y a nadie más, de preferencia en persona o por un medio de confianza. Quien lo abra primero configura la cuenta.
staff-link-label = Enlace de un solo uso
staff-link-until = Sirve una vez, hasta { $instant }. Si vence o se extravía, un enlace nuevo desde la página de la cuenta anula este.
staff-link-done = Ya lo entregué
staff-second-factor = Segundo factor
staff-second-factor-yes = { $count ->
    [one] configurado, queda un código de recuperación
   *[other] configurado, quedan { $count } códigos de recuperación
}
staff-second-factor-no = sin configurar
staff-sessions = Sesiones abiertas
staff-sessions-count = { $count ->
    [0] Esta persona no tiene ninguna sesión abierta.
    [one] Esta persona tiene una sesión abierta.
   *[other] Esta persona tiene { $count } sesiones abiertas.
}
staff-sessions-button = Terminar todas sus sesiones
staff-switched-off = Desactivada por { $name }, { $instant }:
staff-switched-on = Activada por { $name }, { $instant }:
staff-oneself = Esta es su propia cuenta. Nadie cambia sus propias funciones, ni certifica, restablece o desactiva su propia cuenta: pídalo a otra persona administradora.
staff-last-admin = Es la última persona administradora activa. Nombre antes a otra, para que alguien pueda administrar las cuentas.
staff-is-off = La cuenta está desactivada, así que esto no es posible ahora.
staff-is-on = La cuenta no está desactivada.
staff-roles-title = Cambiar las funciones
staff-roles-ends-sessions = Se cierran todas las sesiones de la persona, y tendrá las funciones nuevas al volver a iniciar sesión.
staff-roles-button = Asignar estas funciones
staff-disable-title = Desactivar la cuenta
staff-disable-help = Las sesiones y los enlaces abiertos terminan de inmediato. Lo que la persona hizo queda en el registro de auditoría con su nombre.
staff-disable-button = Desactivar
staff-enable-title = Activar la cuenta de nuevo
staff-enable-help = La persona puede volver a iniciar sesión con su contraseña y su aplicación de antes.
staff-enable-button = Activar
staff-reason = Motivo
staff-reason-needed = Elija el motivo, por favor: queda en el registro de auditoría.
staff-reset-title = Enviar un enlace nuevo
staff-reset-help = Para quien perdió su contraseña o su teléfono, o cuya invitación venció. Su contraseña, su aplicación y sus códigos de recuperación dejan de servir de inmediato, y sus sesiones terminan.
staff-reset-button = Retirar las credenciales y crear un enlace
notice-staff-roles = Las funciones han cambiado. Se cerraron todas las sesiones de la persona.
notice-staff-disabled = La cuenta está desactivada.
notice-staff-enabled = La cuenta está activada.
notice-staff-sessions = Todas las sesiones de esta cuenta han terminado.

word-switch-left = ya no trabaja para la ciudad
word-switch-other-duties = ahora tiene otras tareas
word-switch-long-absence = ausente por un tiempo
word-switch-suspected-misuse = posible uso indebido de la cuenta
word-switch-returned = está de vuelta
word-switch-cleared = se investigó: no había nada irregular
word-switch-mistake = se cambió por error

review-title = Revisión de accesos
review-lead = Cada { $days } días, alguien que no es su titular confirma que cada acceso sigue siendo necesario. { $grace } días después se suspende.
review-as-of = Al { $instant }
review-count-soon = vencen en las próximas dos semanas
review-count-overdue = vencidos, aún abiertos
review-count-suspended = suspendidos
review-show-all = Mostrar todo
review-show-waiting = Mostrar lo que espera a alguien
review-accounts = Cuentas
review-clients = Aplicaciones de la ciudad
review-nothing = Aquí no espera nada.
review-used = Último uso
review-standing = Revisión
review-state = { $state ->
    [current] certificado
    [overdue] vencido
   *[other] suspendido
}
review-certified = Certificado por { $name } el { $date }.
review-due = Vence el { $date }.
review-action = Certificar
review-certify = Sigue siendo necesario
review-certify-of = { $name }: sigue siendo necesario
review-certify-button = Certificar: este acceso sigue siendo necesario
review-oneself = Nadie certifica su propia cuenta. No es cuestión de confianza: un segundo par de ojos es lo que da valor a la revisión. Pídalo a otra persona administradora, por favor.
review-oneself-short = la suya: pídalo a otra persona administradora
review-roles = Qué permite cada función
review-roles-help = Para que quien certifica sepa qué certifica.
notice-review-certified = Certificado. La próxima revisión se cuenta desde hoy.
