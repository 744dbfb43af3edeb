/*
  What Windows programs that steal or lock hold in plain text. Our own text; licence as the rest.
*/

rule tipline_windows_stealer
{
    meta:
        description = "program that collects saved passwords and wallets and sends them away"
        verdict = "suspicious"
    strings:
        $store1 = "\\Login Data" ascii wide
        $store2 = "\\Local State" ascii wide
        $store3 = "logins.json" ascii wide
        $store4 = "wallet.dat" ascii wide
        $store5 = "\\Local Extension Settings\\" ascii wide
        $store6 = "key4.db" ascii wide
        $out1 = "api.telegram.org/bot" ascii wide
        $out2 = "discord.com/api/webhooks" ascii wide
        $out3 = "/gate.php" ascii wide
        $out4 = "multipart/form-data" ascii wide
    condition:
        uint16(0) == 0x5A4D and 3 of ($store*) and 1 of ($out*)
}

rule tipline_windows_locker
{
    meta:
        description = "program that removes the system's copies and asks for a ransom"
        verdict = "suspicious"
    strings:
        $copies1 = "vssadmin delete shadows" ascii wide nocase
        $copies2 = "wmic shadowcopy delete" ascii wide nocase
        $copies3 = "bcdedit /set {default} recoveryenabled no" ascii wide nocase
        $note1 = "your files have been encrypted" ascii wide nocase
        $note2 = "your files are encrypted" ascii wide nocase
        $note3 = ".onion" ascii wide
        $note4 = "bitcoin" ascii wide nocase
    condition:
        uint16(0) == 0x5A4D and 1 of ($copies*) and 1 of ($note*)
}

rule tipline_windows_blinder
{
    meta:
        description = "program that switches the system's protection off and starts itself at logon"
        verdict = "suspicious"
    strings:
        $off1 = "Add-MpPreference -ExclusionPath" ascii wide nocase
        $off2 = "DisableRealtimeMonitoring" ascii wide nocase
        $off3 = "DisableAntiSpyware" ascii wide nocase
        $stay1 = "CurrentVersion\\Run" ascii wide nocase
        $stay2 = "schtasks /create" ascii wide nocase
    condition:
        uint16(0) == 0x5A4D and 1 of ($off*) and 1 of ($stay*)
}
