"""The pages that a show from Germany cannot do without, to begin with."""

from __future__ import annotations

IMPRESSUM = """\
# Impressum

<!--
Wer eine Sendung veröffentlicht, muss in Deutschland sagen, wer er ist (§ 5 DDG, § 18 MStV):
Name, Anschrift, E-Mail-Adresse. Schreib es unter diesen Kommentar. Solange hier nichts steht,
erscheint die Seite nicht, und `sendeturm check` erinnert daran.
-->
"""

DATENSCHUTZ = """\
# Datenschutz

<!-- Lies es durch und ändere, was bei dir anders ist. Kommentare wie dieser erscheinen nicht. -->

Diese Seiten zählen nichts und niemanden. Sie setzen keine Cookies, laden nichts von fremden
Servern und wissen nicht, wer zuhört.

## Was dein Browser sich merkt

Damit du weiterhören kannst, wo du aufgehört hast, merkt sich dein Browser auf deinem eigenen Gerät
die Stelle und das Tempo. Das verlässt dein Gerät nicht; du löschst es mit den Daten der Website.

## Wo die Dateien liegen

Seiten, Feed und Folgen sind Dateien bei einem Speicheranbieter. Wie jeder Webserver erfährt er beim
Abruf die IP-Adresse, den Zeitpunkt und die Datei, weil er sonst nicht antworten könnte (Art. 6
Abs. 1 lit. f DSGVO). Diese Angaben werden hier nicht ausgewertet.

## Podcast-Apps und Verzeichnisse

Wer mit einer App hört, für den gilt dazu, was deren Anbieter über Datenschutz sagt.

## Wenn du schreibst

Was du mir schickst, lese ich, um zu antworten, und gebe es nicht weiter, ohne dich zu fragen.

## Deine Rechte

Du darfst fragen, was über dich gespeichert ist, und verlangen, dass es berichtigt oder gelöscht
wird; du darfst dich bei einer Aufsichtsbehörde beschweren. Verantwortlich ist, wer im Impressum
steht.
"""

GERMAN_PAGES = {"pages/impressum.md": IMPRESSUM, "pages/datenschutz.md": DATENSCHUTZ}
"""Files by name."""
