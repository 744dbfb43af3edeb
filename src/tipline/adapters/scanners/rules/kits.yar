/*
  Server-side pages of phishing kits: what takes a victim's entries and sends them away.
  Our own text; licence as the rest of Tipline.
*/

rule tipline_kit_mailer
{
    meta:
        description = "page of a phishing kit: sends entered secrets by mail or chat"
        verdict = "suspicious"
    strings:
        $php = "<?php" nocase
        $post = "$_POST[" nocase
        $ip = "REMOTE_ADDR"
        $out1 = /\bmail\s*\(/
        $out2 = "api.telegram.org/bot"
        $out3 = "sendMessage?chat_id" nocase
        $out4 = "discord.com/api/webhooks"
        $what1 = /_POST\[['"](cvv|cvc|card_?(no|num|number)|ccnum|expiry)/ nocase
        $what2 = /_POST\[['"](otp|sms_?code|vcode|verify_?code)/ nocase
        $what3 = /_POST\[['"](pass(word|wd)?|pin|bank_?pass)/ nocase
        $what4 = /_POST\[['"](id_?card|ssn|sfz|idno)/ nocase
        $away = /header\s*\(\s*['"]location:/ nocase
    condition:
        filesize < 1MB and $php and $post and 1 of ($out*) and
        (2 of ($what*) or (1 of ($what*) and $ip and $away))
}

rule tipline_kit_blocker
{
    meta:
        description = "list by which a phishing kit turns scanners and security firms away"
        verdict = "suspicious"
    strings:
        $php = "<?php" nocase
        $host = "gethostbyaddr" nocase
        $who1 = "phishtank" nocase
        $who2 = "netcraft" nocase
        $who3 = "googlebot" nocase
        $who4 = "kaspersky" nocase
        $who5 = "trendmicro" nocase
        $who6 = "messagelabs" nocase
        $away = /(404 not found|header\s*\(\s*['"](location|http))/ nocase
    condition:
        filesize < 1MB and $php and $host and 3 of ($who*) and $away
}
