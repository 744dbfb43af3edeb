/*
  The test file of the anti-virus makers (eicar.org), kept in parts so that this text is none.
*/

rule tipline_eicar_test_file
{
    meta:
        description = "the harmless EICAR test file"
        verdict = "malicious"
    strings:
        $head = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$"
        $tail = "$H+H*"
    condition:
        filesize < 256 and $head at 0 and $tail
}
