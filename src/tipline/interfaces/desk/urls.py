"""Addresses of the desk, made from the table of routes and from nothing else."""

from django.urls import path

from tipline.interfaces.desk.routes import ROUTES
from tipline.interfaces.desk.views import errors

urlpatterns = [path(route.path, route.view, name=route.name) for route in ROUTES]

handler400 = errors.show_400
handler403 = errors.show_403
handler404 = errors.show_404
handler500 = errors.show_500
