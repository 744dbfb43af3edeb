"""Addresses of the public pages; the language is the first part of each."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from tipline.interfaces.public.views import information, mailbox, order, proofs, report

handler404 = "tipline.interfaces.public.refusals.show_missing"
handler500 = "tipline.interfaces.public.refusals.show_failed"

urlpatterns = [
    path("", information.choose_home),
    *i18n_patterns(
        path("", information.show_home, name="home"),
        path("report/", report.show_report, name="report"),
        path("status/", mailbox.show_status, name="status"),
        path("status/reply/", mailbox.take_reply, name="reply"),
        path("status/proof/", proofs.give_proof, name="proof"),
        path("status/text/", proofs.give_words, name="words"),
        path("order/", order.show_order, name="order"),
        path("order/answer/", order.take_answer, name="answer"),
        path("help/", information.show_help, name="help"),
        path("leave/", information.leave, name="leave"),
    ),
]
