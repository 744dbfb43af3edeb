"""Services that hide where a link leads: their registered domains."""

_SHORTENERS_TOLD = """
bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy tiny.cc
t.ly s.id bl.ink lnkd.in adf.ly v.gd soo.gd clck.ru u.to x.co qr.ae bit.do mcaf.ee tr.im
shrtco.de short.io lnk.to trib.al dub.sh t2m.io urlz.fr cli.re kutt.it tny.im t.cn url.cn dwz.cn
suo.im suo.nz mrw.so u.nu sourl.cn 985.so c1n.cn tb.cn dwz.win dwz.mk reurl.cc lihi.cc lihi1.com
ppt.cc pse.is 3.cn w.url.cn sina.lt 0x3.me 6du.in rrd.me
"""
SHORTENERS = frozenset(_SHORTENERS_TOLD.split())
