# La página para todo el mundo sobre el registro público.
public-title = El registro público
public-brand = Registro público
public-lead = Cada vez que una aplicación de la ciudad pide datos de una persona residente, un guardián decide, y la decisión se anota antes de responder. Este registro permite a cualquiera comprobar que lo anotado no se cambió después.
public-checkpoint = El punto de control más reciente
public-size = Asientos
public-when = Publicado
public-root = Huella de todos los asientos
public-root-short = Los primeros doce caracteres. Quien vea otros con el mismo número de asientos debería avisar a la ciudad y a la prensa.
public-note = El punto de control firmado, completo
public-none = Todavía no se ha publicado ningún punto de control.
public-unreadable = El punto de control más reciente no se puede mostrar en este momento. Vuelva dentro de un rato.
public-key = La clave para verificarlo
public-key-means = Compárela con la que la ciudad ha impreso en otro lugar: una clave que viene de la misma página que el punto de control prueba poco.
public-get-checkpoint = Descargar el punto de control
public-get-key = Descargar la clave
public-witnesses = Quién ha dado testimonio de él
public-witnesses-means = Un testigo firma un punto de control solo si continúa el que firmó antes. Mientras los testigos no dependan de la ciudad, esta no puede mostrar historias distintas a personas distintas sin que se note.
public-witnesses-none = Todavía no se ha pedido a nadie que dé testimonio de este registro.
public-witness-last = { $count ->
    [one] firmó por última vez el { $instant }, con un asiento
   *[other] firmó por última vez el { $instant }, con { $count } asientos
}
public-witness-never = todavía no ha firmado
public-proves = Lo que prueba el registro
public-proves-kept = Ningún asiento cubierto por un punto de control que usted guarda se cambió ni se quitó desde entonces. Si hubiera pasado, las huellas serían distintas.
public-proves-order = Los asientos están en el orden en que se hicieron, y ninguno se intercaló después.
public-proves-one = Quien tiene el comprobante de un asiento puede mostrar a cualquiera lo que dice, y que está en el registro.
public-proves-not = Lo que no prueba
public-not-complete = Que todo esté en él: quien elude al guardián no deja ningún asiento.
public-not-true = Que lo anotado sea cierto: solo que se anotó entonces y no ha cambiado desde entonces.
public-not-alone = Nada, mientras nadie de fuera guarde un punto de control. Le pedimos que guarde uno.
public-not-people = Por quién se preguntó: del registro público no se puede leer ningún nombre, número ni palabra de un asiento.
public-check = Compruébelo usted, paso a paso
public-check-lead = Los formatos son los que usan las cadenas de suministro de programas y los certificados de la web, descritos en c2sp.org. Ninguna de estas herramientas es nuestra.
public-check-keep = Descargue el punto de control y guárdelo con la fecha. Otro día, descargue otro.
public-check-sign = Verifique la firma con la clave.
public-check-sign-tools = Por ejemplo con golang.org/x/mod/sumdb/note, de Go, o con signed_note, de Rust.
public-check-entries = Descargue los asientos, 256 en cada archivo; el archivo 1 es 001, y así sucesivamente. El último tiene menos: su nombre termina en .p y el número de ellos.
public-check-root = Calcule la huella de todos los asientos (RFC 6962) y compárela con la del punto de control.
public-check-root-tools = Por ejemplo con golang.org/x/mod/sumdb/tlog, de Go, o con ct-merkle, de Rust.
public-check-later = Haga lo mismo con el punto de control que guardó, con solo tantos asientos como tenía entonces. Si resulta su huella, no se cambió nada de lo anterior.
public-receipt = Verificar un comprobante
public-receipt-means = Un comprobante es un texto corto: un asiento, su lugar y un punto de control firmado. Se puede verificar años después, sin la ciudad y sin red.
public-receipt-by-hand = A mano: su segunda línea contiene, en base64, 32 bytes al azar (el nonce) y luego lo anotado. La hoja se calcula así a partir de ellos; las líneas que siguen al índice llevan de allí a la huella del punto de control (RFC 6962).
public-foot = Esta página no guarda nada sobre quién la lee.
sign-in-public-log = Para todo el mundo: el registro público
