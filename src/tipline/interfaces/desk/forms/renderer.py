"""How Django's forms are drawn at the desk."""

from django.forms.renderers import TemplatesSetting


class DeskRenderer(TemplatesSetting):
    """Draws forms and fields by the desk's own templates."""

    form_template_name = "desk/form.html"
    field_template_name = "desk/field.html"
