#!/bin/sh
# Checks an evidence package with unzip, sha256sum and openssl alone.
# Usage: sh verify.sh PACKAGE.zip SIGNER_ROOT.pem [TIME_STAMP_ROOT.pem]
# Take this script and both roots from whom you trust, not from the package.
set -u
fail() { echo "BAD: $*" >&2; exit 1; }
[ $# -ge 2 ] || { echo "usage: sh verify.sh PACKAGE.zip SIGNER_ROOT.pem [TIME_STAMP_ROOT.pem]" >&2; exit 2; }
package=$1; root=$2; tsa=${3:-}
LC_ALL=C; export LC_ALL
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/d"
# 1. The archive: plain names, each once, plain files, stored, of one date, and not a byte more.
unzip -Z1 "$package" >"$work/names" 2>"$work/said" || fail "not a sound archive: $(cat "$work/said")"
if grep -vxE '[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}' "$work/names" >"$work/odd"; then
  fail "odd name in the archive: $(head -1 "$work/odd")"
fi
[ -z "$(tr 'A-Z' 'a-z' <"$work/names" | sort | uniq -d)" ] || fail "a name is there twice"
unzip -Z -s "$package" 2>/dev/null | sed '1,2d;$d' | grep -vE '^-rw-r--r--  2\.0 unx +[0-9]+ [bt]- stor 80-Jan-01 00:00 ' >"$work/odd"
[ -s "$work/odd" ] && fail "a member is no plain stored file: $(head -1 "$work/odd")"
unzip -qq "$package" -d "$work/d" >"$work/said" 2>&1 </dev/null || fail "not a sound archive: $(head -3 "$work/said")"
cd_to=$work/d
size=22
while read -r name; do
  bytes=$(wc -c <"$cd_to/$name") || fail "cannot read $name"
  size=$((size + bytes + 76 + 2 * ${#name}))
done <"$work/names"
[ "$size" -eq "$(wc -c <"$package")" ] || fail "the archive holds bytes that belong to no file"
# 2. The signature over the manifest, and the time stamp over the signature.
for name in manifest.json manifest.json.p7s SHA256SUMS; do
  [ -f "$cd_to/$name" ] || fail "$name is missing"
done
whole() { # a DER file must end where its outermost element ends
  told=$(openssl asn1parse -inform DER -in "$1" 2>/dev/null | sed -n '1s/.*hl= *\([0-9]*\) *l= *\([0-9]*\).*/\1 \2/p')
  [ -n "$told" ] || fail "$1 is not readable"
  [ $((${told% *} + ${told#* })) -eq "$(wc -c <"$1")" ] || fail "bytes lie behind $1"
}
whole "$cd_to/manifest.json.p7s"
openssl cms -verify -binary -inform DER -in "$cd_to/manifest.json.p7s" -content "$cd_to/manifest.json" \
  -CAfile "$root" -no-CApath -no-CAstore -purpose any -out /dev/null >"$work/said" 2>&1 \
  || fail "the signature does not bear out the manifest"
stamp=$cd_to/manifest.json.p7s.tsr
if [ -f "$stamp" ]; then
  whole "$stamp"
  if [ -n "$tsa" ]; then
    openssl ts -verify -in "$stamp" -data "$cd_to/manifest.json.p7s" -CAfile "$tsa" >/dev/null 2>&1 \
      || fail "the time stamp does not bear out the signature"
  else
    echo "note: time stamp not checked, no root given"
  fi
else
  grep -q '"stamp":"attached"' "$cd_to/manifest.json" && fail "the time stamp is missing"
  [ -z "$tsa" ] || fail "there is no time stamp"
  echo "note: no time stamp; times are of the local clock only"
fi
# 3. The sums are those that were signed; the files are those of the sums, all of them and no other.
told=$(sed -n 's/.*"sums_sha256":"\([0-9a-f]\{64\}\)".*/\1/p' "$cd_to/manifest.json")
[ -n "$told" ] && [ "$told" = "$(sha256sum <"$cd_to/SHA256SUMS" | cut -c1-64)" ] || fail "SHA256SUMS was changed"
(cd "$cd_to" && sha256sum --quiet --strict -c SHA256SUMS) >"$work/said" 2>&1 || fail "$(head -1 "$work/said")"
cut -c67- "$cd_to/SHA256SUMS" | sort >"$work/listed"
grep -vxE 'manifest\.json|manifest\.json\.p7s|manifest\.json\.p7s\.tsr|SHA256SUMS' "$work/names" | sort >"$work/there"
cmp -s "$work/listed" "$work/there" || fail "files are missing or were added"
echo "GOOD: $(wc -l <"$work/names") files as sealed"
