sign-in-title = Iniciar sesión
sign-in-lead = Para el personal de la ciudad. Necesita su contraseña y el código de su aplicación de autenticación.
sign-in-username = Nombre de usuario
sign-in-password = Contraseña
sign-in-code = Código
sign-in-code-help = Los seis dígitos que muestra su aplicación de autenticación, o uno de sus códigos de recuperación.
sign-in-button = Iniciar sesión
sign-in-refused = El nombre de usuario, la contraseña y el código no corresponden, o la cuenta no está abierta. Revise los tres; un código sirve una sola vez, así que espere el siguiente.
sign-in-wait = { $seconds ->
    [one] Hubo demasiados intentos. Espere un segundo e inténtelo de nuevo.
   *[other] Hubo demasiados intentos. Espere { $seconds } segundos e inténtelo de nuevo.
}
sign-in-trouble = ¿Problemas para iniciar sesión?
sign-in-trouble-recovery = Sin su teléfono, escriba uno de sus códigos de recuperación en el campo del código. Cada uno sirve una vez.
sign-in-trouble-admin = Si no tiene ninguno de los dos, una persona administradora puede enviarle un enlace para comenzar de nuevo. Nadie le pedirá nunca su contraseña.
