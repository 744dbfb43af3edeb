/*
  Scripts that fetch a program and run it unseen. Our own text; licence as the rest of Tipline.
*/

rule tipline_script_powershell_fetch
{
    meta:
        description = "PowerShell that runs hidden and fetches code from the network"
        verdict = "suspicious"
    strings:
        $shell = /powershell(\.exe)?[^\r\n]{0,200}-(e|ec|enc|encodedcommand|w|windowstyle|nop|noprofile|ep|exec|executionpolicy)\b/ nocase
        $hidden1 = /-w(indowstyle)?\s+(h|hidden|1)\b/ nocase
        $hidden2 = /-(e|ec|enc|encodedcommand)\s+[A-Za-z0-9+\/]{60}/ nocase
        $fetch1 = "DownloadString" nocase
        $fetch2 = "DownloadFile" nocase
        $fetch3 = "Invoke-WebRequest" nocase
        $fetch4 = "Net.WebClient" nocase
        $fetch5 = "Start-BitsTransfer" nocase
        $run1 = "Invoke-Expression" nocase
        $run2 = /\biex\b/ nocase
        $run3 = "Start-Process" nocase
        $run4 = "FromBase64String" nocase
    condition:
        filesize < 4MB and
        (($shell and 1 of ($hidden*) and (1 of ($fetch*) or $hidden2)) or
         (1 of ($fetch*) and 1 of ($run*) and ($shell or 1 of ($hidden*))))
}

rule tipline_script_host_dropper
{
    meta:
        description = "script of the Windows script host that writes a program to disk and starts it"
        verdict = "suspicious"
    strings:
        $stream = "ADODB.Stream" nocase
        $http1 = "MSXML2.XMLHTTP" nocase
        $http2 = "WinHttp.WinHttpRequest" nocase
        $http3 = "Microsoft.XMLHTTP" nocase
        $http4 = "MSXML2.ServerXMLHTTP" nocase
        $save = "SaveToFile" nocase
        $shell1 = "WScript.Shell" nocase
        $shell2 = "Shell.Application" nocase
    condition:
        filesize < 4MB and $stream and $save and 1 of ($http*) and 1 of ($shell*)
}

rule tipline_script_batch_fetch
{
    meta:
        description = "batch file that fetches a program with a tool of the system and starts it"
        verdict = "suspicious"
    strings:
        $tool1 = /certutil(\.exe)?\s[^\r\n]{0,80}-urlcache/ nocase
        $tool2 = /bitsadmin(\.exe)?\s[^\r\n]{0,80}\/transfer/ nocase
        $tool3 = /mshta(\.exe)?\s+["']?https?:/ nocase
        $tool4 = /regsvr32(\.exe)?\s[^\r\n]{0,80}\/i:https?:/ nocase
        $run1 = /\bstart\s+(""\s+)?(\/b\s+)?["']?(%[a-z]+%|[a-z]:)[^\r\n]{0,120}\.(exe|scr|dll|bat)/ nocase
        $run2 = "schtasks /create" nocase
        $run3 = "reg add" nocase
        $quiet = "@echo off" nocase
    condition:
        filesize < 1MB and ($tool3 or $tool4 or (1 of ($tool*) and 1 of ($run*) and $quiet))
}

rule tipline_script_shell_fetch
{
    meta:
        description = "shell script that fetches a program into a temporary folder, runs and deletes it"
        verdict = "suspicious"
    strings:
        $shell = /^#!\s?\/\S*\b(ba|da|a|z)?sh\b/
        $fetch = /(wget|curl|tftp|busybox wget)\s[^\r\n]{0,160}https?:\/\//
        $folder = /cd\s+\/(tmp|var\/run|dev\/shm|mnt)/
        $mark = /chmod\s+(\+x|7[0-7]{2})\s/
        $erase = /rm\s+-r?f\s/
    condition:
        filesize < 256KB and $shell at 0 and $fetch and $folder and $mark and $erase
}
