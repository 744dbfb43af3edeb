"""The desk as granian runs it: Django under WSGI."""

from django.core.wsgi import get_wsgi_application

from tipline.interfaces.serve import die_with_parent
from tipline.settings import set_up_django

die_with_parent()
set_up_django("desk")
app = get_wsgi_application()
