"""The doors of accounts, people, messages, background work, files and health.

Of django-allauth only the doors that the portal uses are opened, under Indonesian paths.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import include, path

from batikportal.views import accounts, files, health, jobs, messages, people, records

reset = [
    path("", account.password_reset, name="account_reset_password"),
    path("kode/", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("baru/", account.complete_password_reset, name="account_complete_password_reset"),
    path("selesai/", account.password_reset_from_key_done, name="account_password_reset_completed"),
]
second_factor = [
    path("", factor.index, name="mfa_index"),
    path("masuk/", factor.authenticate, name="mfa_authenticate"),
    path("ulang/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("kode-cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("kode-cadangan/buat/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kode-cadangan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
sign_in = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("daftar/", account.signup, name="account_signup"),
    path("kode/", account.verify_phone, name="account_verify_phone"),
    path("nomor-hp/", account.change_phone, name="account_change_phone"),
    path("kata-sandi/", account.password_change, name="account_change_password"),
    path("kata-sandi/baru/", account.password_set, name="account_set_password"),
    path("lupa-kata-sandi/", include(reset)),
    path("periksa-ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("verifikasi/", include(second_factor)),
    path("perangkat/", sessions.list_usersessions, name="usersessions_list"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("akun/", include(sign_in)),
    path("profil/", accounts.profile, name="profile"),
    path("profil/ubah/", accounts.profile_edit, name="profile-edit"),
    path("profil/surel/", accounts.profile_email, name="profile-email"),
    path("profil/surel/kode/", accounts.profile_email_code, name="profile-email-code"),
    path("aktivasi/", accounts.activation, name="activation"),
    path("aktivasi/<uuid:public_id>/", accounts.activation, name="activation-slip"),
    path("lembar-aktivasi/", accounts.slip_issue, name="slip-issue"),
    path("pengguna/", people.people_list, name="people-list"),
    path("pengguna/baru/", people.person_new, name="person-new"),
    path("pengguna/<uuid:public_id>/", people.person, name="person"),
    path("pengguna/<uuid:public_id>/peran/", people.role_grant, name="role-grant"),
    path("pengguna/<uuid:public_id>/nonaktifkan/", people.person_deactivate, name="person-deactivate"),
    path("pengguna/<uuid:public_id>/aktifkan/", people.person_reactivate, name="person-reactivate"),
    path("pengguna/<uuid:public_id>/lepas-verifikasi/", people.second_factor_release, name="second-factor-release"),
    path("peran/", people.roles, name="roles"),
    path("peran/<uuid:public_id>/akhiri/", people.role_end, name="role-end"),
    path("kotak-keluar/", messages.outbox, name="outbox"),
    path("kotak-keluar/<uuid:public_id>/", messages.outbox_message, name="outbox-message"),
    path("kotak-keluar/<uuid:public_id>/terkirim/", messages.outbox_sent, name="outbox-sent"),
    path("kotak-keluar/<uuid:public_id>/ulangi/", messages.outbox_retry, name="outbox-retry"),
    path("pesan-demo/", messages.demo_messages, name="demo-messages"),
    path("pekerjaan-latar/", jobs.job_list, name="job-list"),
    path("pekerjaan-latar/<str:name>/jalankan/", jobs.job_run_now, name="job-run-now"),
    path("berkas/<uuid:public_id>/", files.file, name="file"),
    path("pembacaan-data/", records.access_log, name="access-log"),
]
