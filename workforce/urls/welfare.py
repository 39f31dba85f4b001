"""Addresses under /pekerja/ of insurance paid for, safety at work, and the worker's voice."""

from django.urls import path

from workforce.views import premiums, rounds, safety, voice

urlpatterns = [
    path("kalkulator-iuran/", premiums.premium_calculator, name="premium-calculator"),
    path("putaran/", rounds.round_list, name="round-list"),
    path("putaran/baru/", rounds.round_new, name="round-new"),
    path("putaran/<uuid:public_id>/", rounds.round_page, name="round"),
    path("putaran/<uuid:public_id>/ubah/", rounds.round_edit, name="round-edit"),
    path("putaran/<uuid:public_id>/usulkan/", rounds.round_candidates, name="round-candidates"),
    path("putaran/<uuid:public_id>/putuskan/", rounds.round_decide, name="round-decide"),
    path("putaran/<uuid:public_id>/berkas/", rounds.round_upload_file, name="round-upload-file"),
    path("usulan/<uuid:public_id>/", rounds.entry, name="entry"),
    path("usulan/<uuid:public_id>/lagi/", rounds.entry_again, name="entry-again"),
    path("verifikasi/", rounds.verification_list, name="verification-list"),
    path("verifikasi/<uuid:public_id>/", rounds.verification, name="verification"),
    path("bahaya-kerja/", safety.hazard_list, name="hazard-list"),
    path("kejadian/", safety.incident_list, name="incident-list"),
    path("kejadian/baru/", safety.incident_new, name="incident-new"),
    path("kejadian/<uuid:public_id>/", safety.incident, name="incident"),
    path("kejadian/<uuid:public_id>/kesehatan/", safety.incident_injury, name="incident-injury"),
    path("usaha/<uuid:public_id>/kejadian/", safety.own_incidents, name="own-incidents"),
    path("suara/", voice.voice_tell, name="voice-tell"),
    path("suara/saya/", voice.voice_own, name="voice-own"),
    path("suara/daftar/", voice.voice_list, name="voice-list"),
    path("suara/<slug:number>/", voice.voice, name="voice"),
]
