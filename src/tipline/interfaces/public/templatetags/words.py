"""Write values as words."""

from django import template

from tipline.interfaces.public.wording import word_size

register = template.Library()
register.filter("size", word_size)
