sign-in-title = Sign in
sign-in-lead = For city staff. You need your password and the code from your authenticator app.
sign-in-username = User name
sign-in-password = Password
sign-in-code = Code
sign-in-code-help = The six digits that your authenticator app shows, or one of your recovery codes.
sign-in-button = Sign in
sign-in-refused = User name, password and code do not go together, or the account is not open. Check all three; a code works only once, so wait for the next.
sign-in-wait = { $seconds ->
    [one] There were too many attempts. Wait one second, then try again.
   *[other] There were too many attempts. Wait { $seconds } seconds, then try again.
}
sign-in-trouble = Trouble signing in?
sign-in-trouble-recovery = Without your phone, write one of your recovery codes into the field for the code. Each works once.
sign-in-trouble-admin = If you have neither, an administrator can send you a link to begin anew. Nobody will ever ask for your password.
