# The diary's words in Spanish. Drafted without a native reader: CONTRIBUTING.md says how to correct them.
#
# Plain Spanish that is read alike in Spain and in America: "tú", never "usted" or "vosotros"; "celular", "móvil" and "ordenador" are
# avoided ("teléfono", "computadora" is the one exception). Nobody is addressed as a man or as a woman.
# Numbers are placeables, { 24 }, so that they come as the reader's own region writes them.

## Everywhere

lock-now = Bloquear
back = Atrás
next = Siguiente
try-again = Probar otra vez
later = Más tarde
show = Mostrar
hide = Ocultar
working = Un momento…
undo = Deshacer
list-comma = {", "}

nav-label = Páginas principales
nav-today = Hoy
nav-diary = Diario
nav-support = Apoyo
nav-me = Yo

## Times

day-today = Hoy
day-yesterday = Ayer
part-night = madrugada
part-morning = mañana
part-afternoon = tarde
part-evening = noche
moment-now = ahora mismo
moment-today = esta { $part }
moment-yesterday = ayer por la { $part }
moment-weekday = el { $weekday } por la { $part }
moment-soon = muy pronto
moment-exact = { $day }, { $time }
coming-today = hoy a las { $time }
coming-tomorrow = mañana a las { $time }
coming-day = el { $day } a las { $time }

## First run

welcome-title = Un lugar para tus propias palabras
welcome-lead = Lo que escribes queda cerrado con llave en este teléfono. Tú eliges qué puede leer otra persona.
welcome-invitation = Tengo una invitación
welcome-invitation-more = De un estudio en el que quizá quieras participar.
welcome-private = Empezar un diario privado
welcome-private-more = Solo para ti. Puedes unirte a un estudio más tarde.
welcome-restore = Perdí mi teléfono
welcome-restore-more = Recupera tu diario con tus { 24 } palabras.
welcome-backup = Tengo un archivo de copia
welcome-backup-more = Recupera tu diario de un archivo que guardaste.
welcome-other = Ya tengo un diario aquí

invitation-title = Tu invitación
invitation-label = Pega el enlace o escribe el texto
invitation-hint = Empieza por waymark:// o https://, o es una fila de letras y números. Da igual usar mayúsculas o espacios.
invitation-open = Abrir la invitación
invitation-empty = Primero pon en el cuadro el enlace o el texto de tu invitación.

study-run-by = Este estudio lo lleva { $who }.
study-read-heading = Quién puede leer qué
study-read-shared = Las entradas que compartes las puede leer el equipo del estudio.
study-read-private = Las entradas que dejas privadas las puedes leer tú, y nadie más.
study-read-server = El servidor { $server } lo guarda todo sellado. Quienes lo llevan y quienes hicieron esta aplicación no pueden leer nada.
study-read-seen = El equipo del estudio puede ver que tienes entradas privadas, cuándo las escribiste y más o menos cuánto ocupan. No puede ver ni una palabra.
study-hold-heading = Puedes cambiar de idea
study-hold = Cuando compartes una entrada, espera { $duration } antes de salir. Hasta entonces puedes dejarla privada con un toque.
study-hold-none = Cuando compartes una entrada, sale en cuanto hay conexión. Puedes retirarla después.
study-later = Puedes dejar el estudio cuando quieras. Tu diario sigue siendo tuyo.
study-continue = Ir a las preguntas
study-not-for-me = No es para mí

consent-title = Tú decides
consent-lead = { $count ->
    [one] Hay una pregunta. La respuesta depende de ti.
    [many] Hay { $count } de preguntas cortas. Las respuestas dependen de ti.
   *[other] Hay { $count } preguntas cortas. Las respuestas dependen de ti.
  }
consent-required = Para participar
consent-required-more = Para participar hace falta un sí aquí.
consent-optional = Lo eliges tú
consent-optional-more = Puedes participar con un sí o con un no.
consent-yes = Sí
consent-no = No
consent-earlier = { $count ->
    [one] Ya has escrito una entrada. ¿Guardamos también una copia sellada en el servidor?
    [many] Ya has escrito { $count } de entradas. ¿Guardamos también copias selladas en el servidor?
   *[other] Ya has escrito { $count } entradas. ¿Guardamos también copias selladas en el servidor?
  }
consent-earlier-more = Solo tú puedes abrir las copias. Ninguna se comparte con el estudio.
consent-missing = Algunas preguntas no tienen respuesta todavía. Responde las que están marcadas y sigue.
consent-unanswered = Elige sí o no.
read-aloud = Leer en voz alta
read-aloud-not = Ahora mismo este teléfono no puede leerlo en voz alta.
consent-needs-yes = Sin un sí aquí no puedes participar en el estudio. Si prefieres que no, puedes llevar un diario privado.
consent-join = Participar en el estudio
consent-join-locked = Participar, y elegir una llave
consent-joining = Te estás uniendo. Puede tardar un momento.
consent-private-instead = Mejor un diario privado

choose-lock-title = Elige una llave
choose-lock-lead = Mantiene tu diario cerrado cuando otra persona tiene tu teléfono.
choose-lock-kind = ¿Cómo quieres abrirlo?
choose-lock-passphrase = Con una frase secreta
choose-lock-passphrase-more = Unas palabras que solo tú sabes. Es lo más seguro.
choose-lock-pin = Con un PIN
choose-lock-pin-more = Se escribe rápido. Pero quien copie los archivos de este teléfono puede dar con un PIN probándolos todos. Una frase secreta es más segura.
choose-lock-secret-passphrase = Tu frase secreta
choose-lock-secret-pin = Tu PIN
choose-lock-hint-passphrase = { 8 } letras o más. Van bien cuatro palabras que no tengan nada que ver.
choose-lock-hint-pin = { 6 } números o más.
choose-lock-again-passphrase = La misma frase otra vez
choose-lock-again-pin = El mismo PIN otra vez
choose-lock-differs = Todavía no son iguales. Escríbelas otra vez, o toca Mostrar para verlas.
choose-lock-short-passphrase = Es un poco corta. Usa { 8 } letras o más.
choose-lock-short-pin = Usa { 6 } números o más, y solo números.
choose-lock-done = Cerrar con esto
choose-lock-slow = Estamos recuperando tu diario. Puede tardar unos minutos. Deja la aplicación abierta.

words-title = Tus { 24 } palabras
words-lead = Si pierdes este teléfono, estas palabras te devuelven el diario. No las tiene nadie más, y nadie puede volver a enviártelas.
words-lead-alone = Estas palabras abren tu diario si olvidas la llave. También abren un archivo de copia. No las tiene nadie más, y nadie puede volver a enviártelas.
words-how = Escríbelas en papel, en este orden. Guarda el papel con las cosas que te importan. No les hagas una foto.
words-list = Tus { 24 } palabras en orden
words-written = Ya las he escrito
words-check-title = Tres de tus palabras
words-check-lead = Para saber que el papel está bien, copia estas tres de él.
words-check-label = Palabra { $place }
words-check-done = Comprobar
words-check-again = Ver las palabras otra vez
words-reminder = Tus { 24 } palabras no están en papel todavía. Sin ellas, perder el teléfono es perder el diario.
words-reminder-alone = Tus { 24 } palabras no están en papel todavía. Abren tu diario si olvidas la llave.
words-reminder-action = Escribirlas
words-kept = Tus palabras están a salvo en papel. El teléfono ya no las muestra.

restore-title = Recupera tu diario
restore-lead = Escribe las { 24 } palabras de tu papel. Después elige una llave para este teléfono.
restore-words-label = Tus { 24 } palabras
restore-words-hint = En orden, con un espacio entre ellas.
restore-words-count = { $count ->
    [one] Una palabra por ahora.
    [many] { $count } de palabras por ahora.
   *[other] { $count } palabras por ahora.
  }
restore-words-number = Hacen falta { 24 } palabras. No se ha perdido nada. Mira en tu papel: puede que falte una, o que haya una dos veces.
restore-server-label = El servidor del estudio
restore-server-hint = Está en tu invitación, y el estudio te lo puede decir. Se parece a https://{"\u200B"}diary{"\u200B"}.example{"\u200B"}.org
restore-server-empty = Pon en el cuadro la dirección del servidor del estudio.
restore-next = Elegir una llave

## The lock

lock-title = Notas
lock-passphrase = Frase secreta
lock-pin = PIN
lock-open = Abrir
lock-forgot = { $lock ->
    [pin] Olvidé mi PIN
   *[passphrase] Olvidé mi frase secreta
  }
forgot-title = Ábrelo con tus { 24 } palabras
forgot-lead = Escribe las { 24 } palabras de tu papel. Después elige una llave nueva. En tu diario no cambia nada.
lock-other = Las notas de otra persona
diaries-title = Diarios en este teléfono
diaries-lead = Cada diario lo escribe una persona y tiene su propia llave. Tu llave abre solo tu diario.
diaries-one = Diario { $number }
diaries-front = De aquí vienes
diaries-new = Empezar otro diario
diaries-full = En un teléfono caben { $most } diarios.

## Today

today-write = Escribir
today-write-free = Escribir sobre cualquier cosa
today-draft = Estabas escribiendo
today-draft-on = Seguir escribiendo
today-draft-saved = Guardado: { $when }
today-draft-discard = Tirar estas palabras
today-discard-title = ¿Tirar estas palabras?
today-discard-more = Después no se pueden recuperar.
today-discard-yes = Tirar
today-discard-no = Dejarlas
today-event = Pasó algo
today-weekly = Mirar atrás, a la semana
today-busy-title = Estás en medio de algo
today-busy-more = Tus palabras pueden entrar ahora en el diario como una entrada privada. Allí puedes seguir con ellas cuando quieras.
today-busy-keep = Ponerlas en el diario
today-busy-go-on = Seguir con ellas
today-waiting-heading = En camino
today-held = La entrada del { $day } va al estudio { $when }.
today-held-today = La entrada de hoy va al estudio { $when }.
today-held-yesterday = La entrada de ayer va al estudio { $when }.
today-clock-moved = El reloj de este teléfono se movió. Por eso esta entrada se queda contigo. Pon bien la fecha y la hora. Después elige otra vez.
today-kept-private = Se queda privada. No la lee nadie más.
today-reminder = Próximo recordatorio: { $when }

sync-no-study = Tu diario está en este teléfono.
sync-up-to-date = Todo lo que tocaba enviar ha llegado.
sync-waiting = { $count ->
    [one] Una entrada espera una conexión.
    [many] { $count } de entradas esperan una conexión.
   *[other] { $count } entradas esperan una conexión.
  }
sync-waiting-none = Algunos cambios esperan su envío.
sync-fetching = Las notas de voz todavía vienen de camino a este teléfono.
sync-attention = Hay algo que tienes que mirar.
sync-last = Último contacto con el servidor: { $when }.
sync-never = Todavía no ha habido contacto con el servidor.
sync-now = Enviar y recibir ahora
sync-running = Hablando con el servidor…
voice-waiting = { $count ->
    [one] Una nota de voz espera hasta que tú digas.
    [many] { $count } de notas de voz esperan hasta que tú digas.
   *[other] { $count } notas de voz esperan hasta que tú digas.
  }
voice-let-go = Enviar y traer ya las notas de voz
voice-wait = Las notas de voz esperan hasta que yo diga
voice-wait-more = Las palabras escritas salen siempre. Esto ayuda donde los datos cuestan dinero.

## Writing

write-label-free = Escribe aquí
write-free-title = Con tus propias palabras
write-more-title = ¿Algo más?
write-more-label = Algo más de este día
write-edit-title = Cambia tu entrada
write-names = Usa iniciales o nombres inventados.
write-step = { $step } de { $of }
write-skip = Saltar
write-done = Listo
write-saved = Guardado
write-unsaved = Guardando…
write-not-saved = Sin guardar todavía
write-no-room = En este teléfono no queda sitio. Lo que se guardó antes está a salvo. Deja esta página abierta, haz sitio, y se guardará solo.
write-weight = ¿Cuánto pesa este día?
weight-light = Ligero
weight-okay = Normal
weight-heavy = Pesado
weight-not-said = Prefiero no decirlo
write-about = ¿De qué día se trata?
write-about-far = Elige un día entre el { $from } y hoy.
write-tags = Etiquetas
write-tags-hint = Una palabra para encontrarla. Toca Añadir después de cada una.
write-tags-full = En una entrada caben { $most } etiquetas. Quita una para añadir otra.
write-tag-add = Añadir
write-tag-remove = Quitar { $tag }
write-empty = Todavía no hay nada. Escribe unas palabras, o vuelve a Hoy.

## Voice notes

voice-say = Decirlo
voice-new = Nueva nota de voz
voice-asking = ¿Puede escuchar la aplicación?
voice-recording = Grabando
voice-paused = En pausa
voice-keeping = Guardando…
voice-pause = Pausa
voice-go-on = Seguir
voice-stop = Terminar
voice-discard = Tirar
voice-discard-title = ¿Tirar esta nota de voz?
voice-discard-more = Lo que dijiste en ella no se puede recuperar.
voice-discard-more-edit = Las versiones anteriores de la entrada conservan lo que tienen. Lo que acabas de decir no se puede recuperar.
voice-discard-yes = Tirar
voice-discard-no = Dejarla
voice-keep-so-far = Quedarse con lo guardado hasta ahora
voice-note = Nota de voz { $number }
voice-play = Escuchar la nota de voz { $number }, { $length }
voice-pause-note = Pausar la nota de voz { $number }
voice-place = Punto de la nota de voz { $number }
voice-place-of = { $at } de { $length }
voice-remove = Tirar la nota de voz { $number }
voice-cut = Se paró antes de tiempo. Lo que dijiste hasta entonces está aquí.
voice-silent = Ahora mismo no se puede escuchar. Está a salvo en tu diario. Prueba otra vez más tarde.
voice-not-here = Una nota de voz de { $length } no está en este teléfono todavía. Llega cuando el servidor la tenga.
voice-refused = La aplicación no puede usar el micrófono. Puedes seguir escribiendo. Para hablar, permite el micrófono a esta aplicación en los ajustes del teléfono.
voice-none = Aquí no hay micrófono. Puedes seguir escribiendo.
voice-taken = Otra cosa está usando el micrófono. Ciérrala y toca Decirlo otra vez, o sigue escribiendo.
voice-switched-off = El micrófono se apagó. Lo que dijiste hasta entonces está guardado.
voice-full-length = Han sido diez minutos, lo máximo para una nota de voz. Está todo guardado. Para seguir, toca Decirlo otra vez.
voice-count = { $count ->
    [one] Una nota de voz
    [many] { $count } de notas de voz
   *[other] { $count } notas de voz
  }

# Words that could tell who somebody is. Kind, then the words themselves.
cue-name = Usa iniciales: «{ $text }»
cue-phone = Un número de teléfono: «{ $text }»
cue-email = Una dirección de correo: «{ $text }»
cue-address = Una dirección: «{ $text }»
cue-birth-date = Una fecha de nacimiento: «{ $text }»
cue-fine = Está bien así
cue-is-fine = Desde ahora, «{ $text }» está bien.
cue-still = { $kind ->
    [phone] ¿Un número de teléfono?
    [email] ¿Una dirección de correo?
    [address] ¿Una dirección?
    [birth-date] ¿Una fecha de nacimiento?
   *[name] ¿Nombres?
  } { $more ->
    [0] «{ $text }» sigue ahí.
    [one] «{ $text }» y una cosa más siguen ahí.
    [many] «{ $text }» y { $more } de cosas más siguen ahí.
   *[other] «{ $text }» y { $more } cosas más siguen ahí.
  }
cue-look-again = Mirar otra vez

readers-title = ¿Quién puede leer esto?
readers-only-me = Solo yo
readers-only-me-more = Se queda privada.
readers-study = El estudio y yo
readers-study-held = Sale { $when }. Hasta entonces puedes dejarla privada.
readers-study-now = Sale cuando haya conexión.
readers-again = Estás cambiando una entrada, así que eliges otra vez. Lo que el estudio ya tiene se queda como está.
readers-voice = { $count ->
    [one] Tu nota de voz va con ella.
    [many] Tus notas de voz van con ella.
   *[other] Tus notas de voz van con ella.
  }
readers-done = Listo
readers-not-yet = Todavía no, seguir escribiendo
readers-choose = Elige una de las dos. Hasta entonces se queda contigo.
readers-finished-private = Guardada. Solo tú puedes leerla.
readers-finished-study = Guardada. Va al estudio { $when }.
readers-finished-now = Guardada. Va al estudio cuando haya conexión.
readers-finished-alone = Guardada en tu diario.

## The diary

diary-title = Diario
diary-search = Buscar en tu diario
diary-search-short = Buscar
diary-empty = Todavía no hay nada. Lo que escribas hoy será la primera página.
diary-found = { $count ->
    [0] Nada encontrado. Prueba con menos letras o con otra palabra.
    [one] Una entrada encontrada.
    [many] { $count } de entradas encontradas.
   *[other] { $count } entradas encontradas.
  }
diary-no-words = Sin palabras
diary-apart = Dos versiones de dos teléfonos
diary-calendar = Calendario
diary-narrow = Marcas y etiquetas
diary-more = Mostrar más
diary-empty-month = Nada en este mes.
narrowed-label = Solo se muestra esto
narrowed-let-go = Solo { $choice }. Toca para ver también lo demás.

calendar-label = Calendario
calendar-month = Mes
calendar-month-count = { $month } ({ $count })
calendar-earlier = Volver a { $month }
calendar-no-earlier = No hay nada antes de este mes
calendar-later = Seguir a { $month }
calendar-no-later = No hay nada después de este mes
calendar-day = { $count ->
    [0] { $day }, nada escrito
    [one] { $day }, una entrada
    [many] { $day }, { $count } de entradas
   *[other] { $day }, { $count } entradas
  }

marks-title = Para llevar
mark-interview = Llevar a la entrevista
mark-supervision = Llevar a la supervisión
marks-more = Estas marcas son para ti.
marks-more-study = Estas marcas son para ti. El estudio no las ve nunca, ni siquiera cuando tiene la entrada.

mark-talk = Para hablar con el estudio
talk-title = Para la entrevista
talk-tell = Decir al estudio que quieres hablar de esto
talk-more = El estudio tiene esta entrada. No sabe que quieres hablar de ella. Solo lo sabrá si tú lo eliges aquí.
talk-told = Se le dice al estudio que quieres hablar de esto. No se le dice nada más. Puedes retirarlo cuando quieras.
talk-not-yet = Si compartes esta entrada, también puedes decir al estudio que quieres hablar de ella. Hasta que el estudio la tenga, no se le dice nada.

tags-title = Etiquetas
tags-all = Las { $count } etiquetas
tags-find = Buscar una etiqueta
tags-none = Ninguna etiqueta tiene estas letras.
tags-more = { $count ->
    [one] Una etiqueta más. Escribe unas letras para encontrarla.
    [many] { $count } de etiquetas más. Escribe unas letras para encontrar una.
   *[other] { $count } etiquetas más. Escribe unas letras para encontrar una.
  }

place-private = Privada
place-on-this-phone = Privada, en este teléfono
place-backed-up = Privada, con una copia sellada en el servidor
place-held = Va al estudio { $when }
place-waiting = Espera una conexión
place-with-study = Con el estudio
place-withdrawing = Retirada. El estudio lo sabrá en la próxima conexión
place-withdrawn = Retirada del estudio
place-earlier = El estudio tiene una versión anterior

entry-written = Escrita: { $when }
entry-no-text = En esta entrada no hay palabras.
entry-share = Compartir con el estudio
entry-keep-private = Dejar privada
entry-withdraw = Retirarla
entry-withdraw-earlier = Retirar la versión anterior
entry-edit = Cambiarla
entry-earlier = Versiones anteriores
entry-versions = Versiones
entry-apart = Dos versiones de dos teléfonos
entry-apart-more = Se escribieron mientras los teléfonos no sabían nada el uno del otro. Se guardan las dos.
entry-apart-one = Escrita: { $when }, en { $phone }
entry-compare = Comparar dos versiones
compare-first = Primera versión
compare-second = Segunda versión
compare-removed = quitado:{" "}
compare-added = nuevo:{" "}
compare-nothing = Aquí no hay nada
compare-too-long = Estas versiones son demasiado largas para compararlas palabra por palabra. Se muestran las dos enteras.
version-now = { $when } (la última)
version-phone = { $version }, de { $phone }
phone-this = este teléfono
phone-other = otro teléfono
phone-other-number = otro teléfono ({ $number })
phone-unknown = un teléfono
entry-tags = Etiquetas: { $tags }
entry-weight = El día fue: { $weight }
entry-shared = Va al estudio { $when }.
entry-shared-now = Va al estudio cuando haya conexión.
entry-kept = Se queda privada.
entry-withdrawn = Retirada. Tu propia copia se queda aquí.
entry-withdraw-title = ¿Retirarla del estudio?
entry-withdraw-more = La copia del estudio se destruye en la próxima conexión, y se pide al equipo que la saque de su trabajo. Tu propia copia se queda aquí. Lo que alguien ya leyó no se puede borrar de su memoria.
entry-withdraw-yes = Retirarla
entry-withdraw-no = Dejarla allí
entry-delete = Borrarla
entry-delete-study = Borrarla en todas partes
entry-delete-title = ¿Borrar esta entrada?
entry-delete-study-title = ¿Borrar esta entrada en todas partes?
entry-delete-more = Se va de este teléfono con todas sus versiones. No se puede recuperar.
entry-delete-study-more = Se va ahora de tu diario, con todas sus versiones. Las copias del servidor y del estudio se destruyen en la próxima conexión, y se pide al equipo que la saque de su trabajo. No se puede recuperar, tampoco con tus { 24 } palabras. Lo que alguien ya leyó no se puede borrar de su memoria.
entry-delete-no = Dejarla
entry-deleted = Borrada.
entry-deleted-study = Borrada aquí. El servidor y el estudio lo sabrán en la próxima conexión.

## Support

support-title = Apoyo
support-lead = Nadie lee este diario mientras escribes.
support-call-someone = Si necesitas a alguien ahora, llama.
support-none = Aquí no hay contactos de un estudio.
support-emergency = Si estás en peligro ahora mismo, llama al número de emergencias de tu lugar.
support-call = Llamar a { $name }, { $tel }
support-copy = Copiar el número
support-copy-of = Copiar el número de { $name }, { $tel }
support-copied = Copiado.
support-copy-by-hand = Deja el dedo sobre el número para copiarlo.
support-own = Añadir o cambiar a tu propia gente

contacts-title = Tu propia gente
contacts-lead = Personas a las que puedes llamar cuando se pone difícil. El estudio nunca ve esta lista.
contacts-is-sealed = Solo se muestra con el diario abierto.
contacts-is-shown = Se muestra también con el diario cerrado.
contacts-change = Cambiar
contacts-change-of = Cambiar a { $name }
contacts-remove = Quitar
contacts-remove-of = Quitar a { $name }
contacts-add = Añadir a alguien
contacts-full = Diez personas es lo máximo. Quita una para añadir otra.
contacts-name = Nombre
contacts-tel = Número de teléfono
contacts-while-locked = Mostrar también con el diario cerrado
contacts-while-locked-more = Entonces quien tenga este teléfono en la mano puede leer el nombre y el número.
contacts-name-empty = Pon aquí un nombre.
contacts-tel-wrong = Pon aquí un número de teléfono. Lleva números, y puede llevar + y espacios.
contacts-keep = Guardar
contacts-not = No guardar

## Me

me-title = Yo
me-sync = Enviar y recibir
me-study = El estudio
me-study-open = Sobre el estudio, y cómo dejarlo
me-phones = Mis teléfonos
me-study-left = Dejaste este estudio: { $when }.
me-study-asks = El estudio tiene una pregunta nueva para ti.
me-no-study = Este diario es solo tuyo. Puedes unirte a un estudio cuando tengas una invitación.
me-join = Tengo una invitación
me-words = Palabras para recuperarlo
me-words-show = Mostrar mis { 24 } palabras
me-fine = Palabras que están bien
me-fine-more = Dijiste que estas están bien, así que no se dice nada de ellas. Toca una para que se te pregunte otra vez.
me-fine-remove = Preguntarme otra vez por { $word }
me-lock = Llave
me-lock-passphrase = Se abre con tu frase secreta.
me-lock-pin = Se abre con tu PIN. Una frase secreta sería más segura.
me-lock-now = Bloquear ahora
me-looks = Cómo se ve: idioma, tamaño del texto, claro u oscuro

## Reminders

reminder-text = Es hora de tus notas
reminders-title = Recordatorios
reminders-none = En este dispositivo, la aplicación no puede mostrar recordatorios.
reminders-how = Llegan mientras la aplicación está en marcha, abierta o bloqueada. Cuando está cerrada, este dispositivo no puede avisarte.
reminders-on = Recuérdame
reminders-one = Recordatorio { $number }
reminders-time = Hora
reminders-days = Días
reminders-a-day = Un recordatorio necesita un día. Elige antes otro día, o quita el recordatorio.
reminders-remove = Quitarlo
reminders-add = Añadir un recordatorio
reminders-says = Un recordatorio solo dice esto
reminders-test = Mostrar uno ahora
reminders-shown = Se acaba de mostrar. Si no lo has visto, mira los ajustes de notificaciones de este dispositivo.
reminders-not-shown = Este dispositivo no lo ha mostrado. Mira sus ajustes de notificaciones y prueba otra vez.

## Time off

off-title = Días de descanso
off-lead = No se pregunta nada y no llega ningún recordatorio. Puedes escribir siempre que quieras.
off-study = El estudio ve el primer día y el último, y cuándo vuelves. Nunca ve por qué.
off-untold = El estudio aún no sabe de esto. Guarda los días y verá el primero y el último. Nunca ve por qué.
off-from = Primer día
off-until = Último día
off-until-hint = Deja vacío el último día si aún no lo sabes.
off-note = Una nota para ti
off-note-hint = Solo tú puedes leerla.
off-order = El último día va antes del primero. Cambia uno de los dos.
off-over = El último día ya pasó. Elige uno posterior, o déjalo vacío.
off-missing = Elige el primer día.
off-far = Esos días quedan muy lejos. El primer día puede ser de hace un mes como mucho, y los dos, de aquí a dos años como mucho.
off-take = Tomar días de descanso
off-keep = Guardar estos días
off-change = Cambiar tus días de descanso
off-taken = Tus días de descanso están apuntados.
off-now = Descanso hasta el { $day }
off-now-open = Estás descansando
off-coming = Tu descanso empieza el { $day }
off-back = Ya estoy de vuelta
off-call = Cancelarlo
off-welcome = Qué bien que hayas vuelto.
off-called = Tus días de descanso se han cancelado.
off-past = Descansos anteriores
off-range = Del { $from } al { $to }

## How it looks

looks-title = Cómo se ve
looks-language = Idioma
looks-phone = Como en este teléfono
looks-text = Tamaño del texto
looks-text-usual = Normal
looks-text-larger = Más grande
looks-text-large = Mucho más grande
looks-text-largest = El más grande
looks-theme = Claro u oscuro
looks-theme-light = Claro
looks-theme-dark = Oscuro
looks-not-kept = Este teléfono no pudo guardar tu elección. Vale hasta que se cierre la aplicación. Haz sitio en el teléfono y elige otra vez.

## The phones of one person

phone-new = Se añadió otro teléfono a tu diario: { $day }.
phone-new-title = ¿Lo hiciste tú?
phone-new-more = Para añadir uno hacen falta tus { 24 } palabras, y entonces puede leer todo tu diario.
phone-mine = Sí, lo hice yo
phone-not-mine = No, parar ese teléfono
phone-mine-done = Bien. Es uno de tus teléfonos.
phones-title = Mis teléfonos
phones-lead = Lo que escribes en uno de tus teléfonos llega también a los otros.
phones-this = Este teléfono
phones-other = Otro teléfono
phone-joined = Añadido: { $day }.
phone-heard = Última señal: { $when }.
phone-silent = Todavía no ha llegado nada de él.
phone-stopped = Parado. Ya no le llega nada, y nada llega de él.
phone-stop = Parar ese teléfono
stop-title = Parar ese teléfono
stop-lead = Lo que llegó de él se queda en tu diario. Desde ahora no recibe nada nuevo, y nada de lo que envíe cuenta.
stop-can-read = Lo que ya está en él lo puede seguir leyendo ahí quien pueda abrirlo.
stop-words = Si tú no añadiste ese teléfono, puede que alguien tenga tus { 24 } palabras: díselo al estudio.
stop-action = Parar ese teléfono
stop-done = Ese teléfono está parado.

## The study, as somebody who takes part sees it

my-study-server = Servidor: { $server }
my-study-hold = Una entrada compartida espera { $duration } antes de salir.
my-study-hold-none = Una entrada compartida sale en cuanto hay conexión.
my-study-agreed = Lo que acepté
my-study-yes = Sí
my-study-no = No
my-study-open-question = Sin respuesta todavía
my-study-change = Cambiar mis respuestas
my-study-answer = Responder ahora
my-study-met = Para saber que de verdad son ellos
my-study-met-more = Lee estas seis palabras a la persona del estudio, o deja que te lea las suyas. Si son las mismas, no hay nadie entre tu teléfono y el estudio.
my-study-met-words = Seis palabras
my-study-leave = Dejar el estudio
my-study-erase = Borrar lo que el estudio tiene todavía
my-study-left = Dejaste este estudio: { $when }. Ya no recibe nada tuyo.
my-study-left-erased = Dejaste este estudio: { $when }. Todo lo que tenía de ti está borrado.
my-study-left-waiting = El estudio lo sabrá en la próxima conexión.
my-study-left-told = El servidor del estudio ya lo sabe.

phase-title = ¿En qué punto estás de tu trabajo?
phase-counted = El estudio lo cuenta desde el día en que te uniste. Desde: { $day }.
phase-said = Se lo dijiste tú al estudio. Desde: { $day }.
phase-change = No es así
phase-lead = Las preguntas que recibes dependen de esto. Se lo decimos al estudio, para que lea bien tus entradas.
phase-choose = A partir de hoy
phase-keep = Guardar esto
phase-kept = Guardado. Las preguntas lo siguen a partir de hoy.

answers-title = Tus respuestas
answers-lead = Puedes cambiar de idea en cualquiera de estas. Se lo decimos al estudio. Lo que compartiste antes se queda como está.
answers-needed = Para participar hace falta un sí aquí. Si prefieres que no, puedes dejar el estudio.
answers-keep = Guardar estas respuestas
answers-kept = Tus respuestas han cambiado.

leave-title = Dejar el estudio
leave-lead = No tienes que decir por qué. Tu diario se queda en este teléfono, palabra por palabra.
leave-how = ¿Cómo quieres dejarlo?
leave-stop = Parar
leave-stop-more = El estudio no recibe nada más. Lo que compartiste antes se queda con el estudio.
leave-erase = Parar y borrar
leave-erase-more = El estudio no recibe nada más. Lo que compartiste se destruye en el servidor, y se pide al equipo que lo saque de su trabajo.
leave-what = Qué pasa entonces
leave-what-erased = Lo que compartiste se destruye en el servidor, y se pide al equipo que lo saque de su trabajo.
leave-what-held = Lo que todavía esperaba para compartirse se queda privado.
leave-what-copies = No van copias selladas nuevas al servidor. Las que hay se quedan, y tus { 24 } palabras las siguen abriendo.
leave-what-copies-erased = Las copias selladas del servidor también se destruyen. Después, las { 24 } palabras no pueden devolverte este diario: cuida bien este teléfono.
leave-what-read = Lo que alguien ya leyó no se puede borrar de su memoria.
leave-what-known = El estudio conserva tus respuestas a sus preguntas y los momentos en que escribiste.
leave-what-write = Puedes seguir escribiendo aquí, solo para ti.
leave-go = Dejar el estudio
leave-go-erase = Dejarlo y borrar
leave-sure = ¿Dejar el estudio ahora?
leave-sure-more = No se puede deshacer. Solo puedes volver con una invitación nueva.
leave-sure-erase-more = No se puede deshacer. Lo que se borra no se puede recuperar para el estudio.
leave-stay = Quedarme
leave-left = Has dejado el estudio. Tu diario sigue aquí.

me-lock-change = Cambiar la llave

## The lock, changed

lock-settings-title = La llave
lock-settings-change = Cambiar la llave
lock-after-title = Cerrarse solo
lock-after = { $minutes ->
    [one] Después de un minuto
    [many] Después de { $minutes } de minutos
   *[other] Después de { $minutes } minutos
  }
lock-after-more = Cuando nadie toca el teléfono durante ese tiempo, tu diario se cierra con llave. Lo que escribiste está guardado.
old-lock-title = { $lock ->
    [pin] Primero, tu PIN
   *[passphrase] Primero, tu frase secreta
  }
old-lock-label = { $lock ->
    [pin] Tu PIN de ahora
   *[passphrase] Tu frase secreta de ahora
  }
lock-changed = { $lock ->
    [pin] Cambiada. Desde ahora se abre con tu PIN.
   *[passphrase] Cambiada. Desde ahora se abre con tu frase secreta nueva.
  }

someone-title = { $lock ->
    [pin] Alguien sabe mi PIN
   *[passphrase] Alguien sabe mi frase secreta
  }
someone-short = Cierra todo otra vez con una llave nueva, para que lo que sabe no abra nada en este teléfono.
someone-go = Ver qué pasa
someone-will = Qué va a pasar
someone-will-key = Todo en tu diario recibe una llave nueva. Con un diario grande puede tardar un minuto.
someone-will-lock = Eliges una llave nueva. La anterior ya no abre nada en este teléfono.
someone-will-words = Tus { 24 } palabras siguen siendo las mismas. Escríbelas, para que abran este teléfono también con la llave nueva.
someone-will-words-new = Recibes { 24 } palabras nuevas. Las que viste antes ya no abren nada.
someone-will-words-close = Tus { 24 } palabras ya no abrirán este teléfono. En un teléfono nuevo te devuelven el diario como antes.
someone-cannot = Lo que no puede hacer
someone-cannot-copies = { $lock ->
    [pin] Si antes copió los archivos de este teléfono, el PIN anterior sigue abriendo su copia.
   *[passphrase] Si antes copió los archivos de este teléfono, o tiene un archivo de copia tuyo, la frase secreta anterior lo sigue abriendo.
  }
someone-cannot-server = Con una copia así también podría traer del servidor del estudio tus entradas selladas, también las que vengan después. Si crees que alguien tiene una copia, díselo al estudio.
someone-without = No tengo aquí mis palabras
someone-without-more = Entonces las palabras no abrirán este teléfono hasta que las escribas más tarde: en la página Yo, en Cambiar la llave. En un teléfono nuevo funcionan como antes.
someone-words-missing = Escribe las { 24 } palabras, en orden. O di que no las tienes aquí.
someone-next = Elegir una llave nueva
someone-done = Listo. Todo tiene una llave nueva.
someone-done-new = Listo. Todo tiene una llave nueva. Estas son tus palabras nuevas; las anteriores no abren nada.
someone-done-closed = Listo. Todo tiene una llave nueva. Tus { 24 } palabras no abren este teléfono hasta que se lo permitas, en Cambiar la llave.

words-closed = Ahora tus { 24 } palabras no abren este teléfono. Si olvidas tu llave, aquí no pueden ayudarte.
words-open-title = Permitir que mis { 24 } palabras lo abran
words-open-lead = Hazlo solo si nadie más ha visto las palabras.
words-open-action = Permitir que lo abran
words-open-done = Listo. Tus { 24 } palabras vuelven a abrir este teléfono.

## Copies

keep-title = Guardar una copia
keep-lead = Una copia en otro lugar mantiene tus palabras a salvo si este teléfono se rompe.
keep-no-outbox = En este tipo de teléfono, la aplicación no puede entregar copias todavía. Tus { 24 } palabras siguen devolviendo lo que está en el servidor del estudio.
keep-backup = Guardar un archivo de copia
keep-export = Guardar una copia para leer o imprimir
saved-as = Se llama { $name } y está en la carpeta { $folder }.

backup-lead = Un archivo con todo tu diario dentro, sellado. Nadie puede leerlo sin lo que lo abre.
backup-passphrase = Lo abre tu frase secreta de hoy. Sigue siendo así aunque cambies después la frase en este teléfono.
backup-pin = Un PIN es demasiado fácil de adivinar cuando el archivo está en otro lugar. Por eso, elige una frase secreta para el archivo.
backup-pin-label = Una frase secreta para el archivo
backup-words = Tus { 24 } palabras también lo abren.
backup-once = Contiene tu diario como es ahora. Lo que escribas después no está dentro.
backup-save = Guardar el archivo de copia
backup-saved-title = Tu archivo de copia está guardado
backup-saved-passphrase = Lo abre tu frase secreta de hoy. Recuerda esa frase, o conserva tus { 24 } palabras.
backup-saved-pin = Lo abre la frase secreta que elegiste para él. Recuérdala, o conserva tus { 24 } palabras.
backup-saved-where = Llévalo a un lugar que siga a salvo si pierdes este teléfono: una computadora, una memoria, alguien de confianza.

export-warning = Este archivo no está sellado. Quien lo reciba puede leer todo lo que contiene.
export-format = ¿Para qué lo quieres?
export-html = Para imprimir
export-html-more = Una página que cualquier navegador abre e imprime.
export-markdown = Para leer
export-markdown-more = Texto sencillo que cualquier aplicación abre.
export-json = Para una computadora
export-json-more = JSON, para otros programas.
export-days = ¿Qué días?
export-days-hint = Deja los dos vacíos para el diario entero.
export-from = Desde
export-to = Hasta
export-days-order = El primer día está después del último. Cambia uno de los dos.
export-all = Las versiones anteriores también
export-save = Guardar esta copia
export-saved-title = Tu copia está guardada
export-another = Guardar otra copia
export-file-title = Mis notas
export-file-notice = Quien reciba este archivo puede leerlo.
export-file-written = Escrito
export-file-earlier = Como era antes
export-file-latest = Como es ahora
export-file-voice = Una nota de voz, que no está en este archivo
export-file-weight = Cuánto pesó el día

backup-file-title = Recupera tu diario de un archivo
backup-file-lead = Elige el archivo de copia que guardaste. Después ábrelo, y elige una llave para este teléfono.
backup-file-label = El archivo de copia
backup-file-hint = Su nombre empieza por notes y termina en waymark-backup.
backup-file-choose = Elegir el archivo
backup-file-reading = Leyendo el archivo: { $share } de { 100 }.
backup-file-whole = El archivo está completo.
backup-file-none = Primero elige el archivo.
backup-file-passphrase = La frase secreta de ese archivo
backup-file-passphrase-more = La que tenía tu diario cuando guardaste el archivo, o la que elegiste para él.
backup-file-words = Con mis { 24 } palabras

reconnect-heading = Tu estudio
reconnect-short = Este diario volvió de un archivo de copia. Todavía no está conectado a { $study }, así que allí no llega nada y de allí no se puede retirar nada.
reconnect-go = Conectarlo otra vez
reconnect-title = Conectar otra vez con { $study }
reconnect-lead-words = Escribe las { 24 } palabras de tu papel. Las entradas que solo están en este teléfono se quedan privadas.
reconnect-lead = Lo que está en el servidor del estudio también vuelve. Las entradas que solo están en este teléfono se quedan privadas.
reconnect-action = Conectar
reconnect-done = Conectado. Con esto no se ha compartido nada.

## When something stands in the way: what happened, what is safe, what to do

error-locked = El diario está cerrado. Todo lo que contiene está a salvo. Ábrelo para seguir.
error-wrong-passphrase = { $lock ->
    [pin] Ese PIN no lo abre. No se ha perdido nada. Mira los números y prueba otra vez.
   *[passphrase] Esa frase secreta no lo abre. No se ha perdido nada. Las mayúsculas y los espacios cuentan; toca Mostrar y prueba otra vez.
  }
error-weak-secret = Es demasiado corta para proteger tu diario. No se ha perdido nada. Usa { 8 } letras o más, o un PIN de { 6 } números o más.
error-disk-full = En este teléfono no queda sitio. Lo que se guardó antes está a salvo. Haz sitio e inténtalo otra vez.
error-read-only = Este teléfono no deja escribir en el diario. Lo que se guardó antes está a salvo. Deja esta página abierta y cierra otras aplicaciones.
error-newer-file = Una versión más nueva de la aplicación escribió este diario. No se ha perdido nada. Consigue la versión más nueva para abrirlo.
error-damaged = Una parte del archivo en este teléfono está dañada. No borres la aplicación. Las copias del servidor están a salvo: tus { 24 } palabras pueden traerlas, y el estudio puede ayudarte.
error-in-use = El diario está abierto en otro lugar de este dispositivo. No se ha perdido nada. Ciérralo allí y prueba otra vez.
error-invitation-unreadable = Esta invitación no se puede leer. Puede que falte un trozo o que esté escrita de otra forma. No se ha enviado nada. Cópiala otra vez, o pide una nueva al estudio.
error-invitation-unknown = El servidor del estudio no conoce esta invitación. No se ha enviado nada. Pide una nueva al estudio.
error-invitation-used = Esta invitación se usó en otro teléfono. Tu diario está a salvo. Si no fuiste tú, díselo al estudio. Pueden darte una nueva.
error-invitation-expired = Esta invitación es demasiado antigua. Tu diario está a salvo. Pide una nueva al estudio.
error-study-key-changed = El servidor muestra un estudio distinto del de tu invitación. No se ha enviado nada. No sigas; díselo a quien te invitó.
error-consent-needed = El estudio necesita un sí en una de las preguntas. No se ha enviado nada. Míralas otra vez, o lleva un diario privado.
error-still-leaving = El estudio que dejaste no lo sabe todavía. Todo lo que escribiste está a salvo. Conéctate una vez a internet y abre la invitación otra vez.
error-already-joined = Este diario ya está en un estudio, y solo puede estar en uno a la vez. Todo lo que contiene está a salvo. No hace falta nada más.
error-server-unreachable = No hay contacto con el servidor del estudio. Todo lo que escribiste está a salvo en este teléfono. Lo que hay que enviar saldrá cuando se pueda.
error-server-trouble = El servidor del estudio tiene un problema propio. Todo lo que escribiste está a salvo en este teléfono y se envía otra vez solo.
error-study-full = El estudio ya no tiene sitio para lo que envías. Todo lo que escribiste y dijiste está a salvo en este teléfono. Díselo al estudio. Cuando vuelva a haber sitio, se envía solo.
error-server-garbage = Lo que responde en esa dirección no es el servidor del estudio. Todo lo que escribiste está a salvo en este teléfono. Entra en la red wifi si te lo pide, o prueba otra conexión.
error-diverged = El servidor conoce este diario más adelantado que este teléfono. Quizá el teléfono volvió a una copia antigua. Lo que está en este teléfono está a salvo. Díselo al estudio antes de compartir más.
error-server-rolled-back = El servidor perdió una parte de lo que tenía. Todo está a salvo en este teléfono y se envía otra vez solo. No tienes que hacer nada.
error-study-rolled-back = El servidor mostró una versión del estudio más antigua que la de este teléfono. El teléfono se queda con la nueva y tu diario está a salvo. Díselo al estudio para que lo revisen.
error-server-withholds = El servidor no ha mostrado al estudio todo lo que compartiste. Está todo a salvo en este teléfono. Díselo al estudio, para que puedan mirarlo.
error-revoked = Este teléfono ya no puede enviar al estudio. Tu diario está a salvo y se abre como antes. Pregunta al estudio si no es lo que esperabas.
error-phone-unknown = El servidor del estudio ya no conoce este teléfono. Puede pasar cuando hubo que repararlo. Todo lo que escribiste está a salvo en este teléfono. Díselo al estudio.
error-phone-stopped = Este teléfono se paró desde otro teléfono tuyo. Tu diario está a salvo aquí y se abre como antes. Lo que escribas aquí desde ahora se queda en este teléfono. Si no fuiste tú, puede que alguien tenga tus { 24 } palabras: díselo al estudio.
error-other-phone-missing = El servidor no ha dado todo lo que envió otro teléfono tuyo. Lo que hay en este teléfono está a salvo. Díselo al estudio, para que lo miren.
error-clock-jumped = El reloj de este teléfono se movió mientras una entrada esperaba. Por eso la entrada se queda privada. Pon bien la fecha y la hora. Después puedes elegir compartirla otra vez.
error-words-wrong = No todas las palabras están bien. No se ha perdido nada. Mira en tu papel cómo se escriben y en qué orden van, y prueba otra vez.
error-words-unknown = Ese servidor no tiene ningún diario para estas palabras. No se ha perdido nada. Mira la dirección y las palabras de tu papel.
error-words-other = Estas palabras son de otro diario. No se ha perdido nada. Mira las palabras de tu papel y prueba otra vez.
error-words-closed = Las { 24 } palabras no abren este. No se ha perdido nada. Usa la frase secreta o el PIN.
error-same-secret = Es justo lo que alguien sabe. No ha cambiado nada. Elige otra cosa.
error-no-outbox = En este tipo de teléfono, la aplicación no puede entregar archivos todavía. Tu diario está a salvo aquí. Tus { 24 } palabras siguen devolviendo lo que está en el servidor del estudio.
error-outbox-read-only = No se puede escribir en la carpeta del archivo. Tu diario está a salvo, y allí no quedó ningún trozo de archivo. Mira los ajustes de este teléfono y prueba otra vez.
error-outbox-full = No hay sitio para el archivo. Tu diario está a salvo, y no quedó ningún trozo de archivo. Haz sitio y prueba otra vez.
error-not-a-backup = Ese archivo no es un archivo de copia de un diario, o solo está el principio. No se ha perdido nada. Elige otro archivo, o cópialo otra vez a este teléfono.
error-backup-damaged = Una parte de ese archivo falta o cambió por el camino. El archivo que guardaste primero puede estar entero todavía. Cópialo otra vez a este teléfono y prueba de nuevo.
error-backup-newer = Una versión más nueva de la aplicación hizo este archivo. No se ha perdido nada. Consigue aquí la versión más nueva para abrirlo.
error-parted = Este diario no está conectado a su estudio todavía. Todo lo que contiene está a salvo. Conéctalo en la página Yo y prueba otra vez.
error-entry-unknown = Esa entrada ya no está aquí. El resto de tu diario está a salvo. Vuelve y mira la lista.
error-not-now = Eso no se puede hacer con esta entrada como está ahora. La entrada está a salvo. Vuelve y mira dónde está.
error-no-study = Este diario no está en ningún estudio todavía. Está a salvo, y es solo tuyo. Para compartir una entrada, únete a un estudio en la página Yo.
error-about-the-future = Ese día no ha llegado todavía. Tus palabras están a salvo. Elige hoy o un día anterior.
error-entry-empty = Todavía no hay palabras. No se ha perdido nada. Escribe unas pocas y prueba otra vez.
error-entry-too-long = Es más de lo que cabe en una entrada. Tus palabras están a salvo como borrador. Lleva una parte a una segunda entrada.
error-voice-too-long = Es todo lo que cabe en una entrada: diez notas de voz de diez minutos cada una. Lo que dijiste hasta entonces está guardado. Sigue en otra entrada.
error-voice-not-here = Una nota de voz todavía viene de camino a este teléfono. Está a salvo. Conéctate, espera a que la nota de voz esté aquí y prueba otra vez.
error-diary-exists = Ya hay un diario en este teléfono. Está a salvo. Abre ese.
error-internal = La aplicación tropezó consigo misma. Lo que se guardó está a salvo. Cierra la aplicación y ábrela otra vez; si sigue así, díselo al estudio.
