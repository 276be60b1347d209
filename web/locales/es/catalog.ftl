# Registros, datos y sus clases.
nav-catalog = Catálogo
catalog-title = Catálogo
catalog-lead = Qué contiene cada registro y de qué clase es cada dato. Las decisiones se toman según estas clases.
catalog-back = Al catálogo
catalog-stores = Registros
catalog-stores-none = Todavía no hay ningún registro en el catálogo. Las personas que operan este sistema importan los primeros catálogos.
catalog-store-id = Registro
catalog-department = Departamento
catalog-since = En vigor desde
catalog-fields = Datos
catalog-fields-none = No hay ningún dato así.
catalog-field = Dato
catalog-field-help = Como lo llama la aplicación, por ejemplo phones.number.
catalog-field-refused = No es el nombre de un dato: de 1 a 200 caracteres, partes separadas por un solo punto, nada invisible.
catalog-field-pattern = Una propuesta trata de un solo dato. Los patrones con * vienen con el catálogo de un registro.
catalog-filter-name = Parte del nombre
catalog-class = Clase
catalog-class-help = Si dos clases convienen, elija la que más protege.
catalog-class-needed = Elija una clase, por favor.
catalog-class-before = Clase actual
catalog-class-after = Clase propuesta
catalog-withheld = se retiene sin base legal
catalog-released = no se retiene
catalog-origin = En qué se basa
catalog-origin-file = El catálogo importado
catalog-reviewed-by = Revisado por { $name }
catalog-alias = Toma su clase de
catalog-alias-of = Toma su clase de { $field }
catalog-note = Nota
catalog-not-catalogued = Nadie ha clasificado este dato, así que siempre se retiene.
catalog-asked = Solicitado
catalog-asked-times = { $count ->
    [one] una vez mientras no estaba en el catálogo
   *[other] { $count } veces mientras no estaba en el catálogo
}
catalog-asked-between = Primero el { $first }, por última vez el { $last }.
catalog-asked-last = Última solicitud
catalog-history = Lo que se propuso
catalog-history-none = Todavía no se ha propuesto nada sobre este dato.
catalog-from-to = { $from } → { $to }
catalog-proposed-by = por { $name }
catalog-open-mark = propuesta abierta
catalog-open-here = Una propuesta sobre este dato espera a alguien.
catalog-open-for = Propuesta: { $class }
catalog-new-field = Proponer una clase para un dato nuevo
catalog-new-mark = antes fuera del catálogo
catalog-next-step = Siguiente paso
catalog-classify = Proponer una clase
catalog-waits-for-steward = Espera a la administración de datos

catalog-unknown-title = Datos que nadie ha clasificado
catalog-unknown-lead = Las aplicaciones los solicitaron y ningún catálogo los nombra. Se retienen siempre, hasta que alguien los clasifique.
catalog-unknown-none = Todos los datos que se solicitaron están en el catálogo.
catalog-unknown-all = Mostrar todos los registros
catalog-unknown-count = { $count ->
    [one] Se solicitó un dato sin clasificar
   *[other] Se solicitaron { $count } datos sin clasificar
}

catalog-propose-title = Proponer una clase
catalog-propose-lead = Todavía no cambia nada: otra persona, de la administración de datos o de la Procuraduría Municipal, la aprueba o la rechaza. Si ambas están de acuerdo, la clase nueva rige desde la próxima decisión.
catalog-propose-button = Proponer
catalog-reason = Motivo
catalog-reason-help = Una o dos frases que una auditoría entienda dentro de tres años. Sin nombres de residentes.
catalog-reason-length = Dé un motivo de 10 a 500 caracteres, por favor.
catalog-reason-unseen = El motivo contiene caracteres que no se ven. Escríbalo de nuevo, por favor.
catalog-same-class = La clase del dato ya es «{ $class }».
catalog-already-open = Otra propuesta sobre este dato espera a alguien. Primero hay que resolverla.
catalog-contradiction = El catálogo se contradiría: { $what }

catalog-proposals-title = Propuestas
catalog-proposals-open = Propuestas abiertas
catalog-proposals-lead = Una clase cambia solo cuando dos personas están de acuerdo. Nadie resuelve lo que propuso.
catalog-proposals-none = No hay ninguna propuesta así.
catalog-status = Estado
catalog-change = Cambio
catalog-shift = Protección
catalog-proposed = Propuesta
catalog-settled-by = Por { $name }, { $instant }
catalog-lowers-title = Esto reduce la protección del dato.
catalog-lowers-open = Con la aprobación, el dato se entrega sin ninguna base legal a quien lo solicite.
catalog-lowers-kept = Con la aprobación, el dato se sigue reteniendo, pero con menos cuidado que ahora.
catalog-others-title = Otros datos cambian con él
catalog-others-lead = Toman su clase de este dato o están dentro de él.
catalog-own-title = Su propia propuesta
catalog-same-person = Usted la propuso, así que otra persona tiene que aprobarla o rechazarla, de la administración de datos o de la Procuraduría Municipal. Usted puede retirarla.
catalog-not-yours = Solo quien la propuso puede retirarla. Usted puede rechazarla.
catalog-settled-already = Entretanto alguien resolvió esta propuesta. Ahora no se cambió nada.
catalog-outdated = El catálogo cambió desde que se hizo la propuesta o desde que usted abrió la página. Revísela de nuevo; si ya no conviene, rechácela.
catalog-withdraw-button = Retirar la propuesta
catalog-approve-title = Aprobar
catalog-approve-lead = La clase nueva rige desde la próxima decisión. El registro de auditoría nombra a usted y a quien la propuso.
catalog-approve-button = Aprobar la clase nueva
catalog-confirm = Sé que esto reduce la protección del dato, y lo apruebo.
catalog-confirm-needed = Confirme, por favor, que sabe que esto reduce la protección del dato.
catalog-decline-title = Rechazar
catalog-decline-reason = Por qué no
catalog-decline-button = Rechazar: el catálogo queda como está
notice-catalog-proposed = Propuesta hecha. Ahora otra persona tiene que aprobarla.
notice-catalog-approved = Aprobada. La clase nueva está en vigor.
notice-catalog-declined = Rechazada. El catálogo queda como estaba.
notice-catalog-withdrawn = Retirada. El catálogo queda como estaba.

word-proposal-open = abierta
word-proposal-approved = aprobada
word-proposal-declined = rechazada
word-proposal-withdrawn = retirada

word-shift-first = clasificado por primera vez
word-shift-raises = aumenta la protección
word-shift-exchanges = igual de estricta, la abren otras bases legales
word-shift-lowers = reduce la protección
