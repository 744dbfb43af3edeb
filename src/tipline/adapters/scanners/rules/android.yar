/*
  What Android trojans do with text messages and the screen, by the names that their code must hold.
  Our own text; licence as the rest of Tipline (Apache-2.0).
*/

rule tipline_android_sms_forwarder
{
    meta:
        description = "code that takes incoming text messages and sends them out"
        verdict = "suspicious"
    strings:
        $dex = { 64 65 78 0A 30 }
        $read1 = "createFromPdu"
        $read2 = "getMessageBody"
        $read3 = "content://sms"
        $hide1 = "abortBroadcast"
        $out1 = "api.telegram.org/bot"
        $out2 = "sendTextMessage"
        $out3 = "sendMultipartTextMessage"
        $out4 = "/upload/sms" nocase
        $out5 = "sms_list" nocase
        $out6 = "uploadSms" nocase
    condition:
        $dex at 0 and
        (($hide1 and 1 of ($read*) and 1 of ($out*)) or (2 of ($read*) and ($out1 or $out4 or $out6)))
}

rule tipline_android_screen_operator
{
    meta:
        description = "code that reads other apps' screens and operates them"
        verdict = "suspicious"
    strings:
        $dex = { 64 65 78 0A 30 }
        $service = "AccessibilityService"
        $act1 = "dispatchGesture"
        $act2 = "performGlobalAction"
        $act3 = "performAction"
        $see1 = "getRootInActiveWindow"
        $see2 = "createVirtualDisplay"
        $draw = "TYPE_APPLICATION_OVERLAY"
        $bank1 = "injects" nocase
        $bank2 = "overlay_html" nocase
        $bank3 = "keylog" nocase
        $bank4 = "lockscreen_pin" nocase
        $bank5 = "start_vnc" nocase
        $bank6 = "grabGoogleAuth" nocase
    condition:
        $dex at 0 and $service and 1 of ($act*) and ($draw or 1 of ($see*)) and 2 of ($bank*)
}

rule tipline_android_loader
{
    meta:
        description = "code that unpacks further code from its resources and installs or loads it"
        verdict = "suspicious"
    strings:
        $dex = { 64 65 78 0A 30 }
        $load1 = "DexClassLoader"
        $load2 = "InMemoryDexClassLoader"
        $kind = "application/vnd.android.package-archive"
        $ask1 = "REQUEST_INSTALL_PACKAGES"
        $ask2 = "ACTION_MANAGE_UNKNOWN_APP_SOURCES"
        $crypt = "javax/crypto/Cipher"
        $asset = "AssetManager"
        $hide1 = "setComponentEnabledSetting"
        $hide2 = "REQUEST_IGNORE_BATTERY_OPTIMIZATIONS"
    condition:
        $dex at 0 and $asset and $crypt and (1 of ($load*) or ($kind and 1 of ($ask*))) and 1 of ($hide*)
}
