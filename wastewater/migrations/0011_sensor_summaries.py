"""The function that rewrites hours and days of sensor stations, and the first rule by which it does so."""

from datetime import date

from django.db import migrations

# Rows of one station are summed by one transaction at a time: the advisory lock makes the second see what the first
# wrote. A day is the day in Pekalongan (UTC+7, no daylight saving), so an hour never lies in two of them.
REFRESH = """
CREATE FUNCTION wastewater_refresh_sensor_summaries(stations bigint[], hours timestamptz[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off SET jit = off AS $$
BEGIN
    IF stations IS NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(7510, (o.station % 2147483647)::int)
    FROM (SELECT DISTINCT u.station FROM unnest(stations) AS u (station) ORDER BY u.station) AS o;

    DELETE FROM wastewater_sensorhour h
    USING (SELECT DISTINCT u.station, u.hour FROM unnest(stations, hours) AS u (station, hour)) AS t
    WHERE h.hour = t.hour AND h.station_id = t.station;

    INSERT INTO wastewater_sensorhour (
        hour, station_id, parameter, valid_count, stopped_count, calibration_count, fault_count, excluded_count,
        total, mean, is_valid
    )
    SELECT g.hour, g.station, p.parameter, p.valid, g.stopped, g.calibration, g.fault, g.coded_out + p.excluded,
           p.total, round(p.total / nullif(p.valid, 0), 6),
           coalesce(p.valid * 100 >= u.hour_percent * u.rows_per_hour, false)
    FROM (
        SELECT t.hour, t.station,
               count(*) FILTER (WHERE r.code = -1 AND NOT r.excluded) AS stopped,
               count(*) FILTER (WHERE r.code = -2 AND NOT r.excluded) AS calibration,
               count(*) FILTER (WHERE r.code = -3 AND NOT r.excluded) AS fault,
               count(*) FILTER (WHERE r.code <> 0) AS coded,
               count(*) FILTER (WHERE r.code <> 0 AND r.excluded) AS coded_out,
               count(r.ph) AS ph_all, count(r.ph) FILTER (WHERE r.excluded) AS ph_out,
               sum(r.ph) FILTER (WHERE NOT r.excluded) AS ph,
               count(r.tss) AS tss_all, count(r.tss) FILTER (WHERE r.excluded) AS tss_out,
               sum(r.tss) FILTER (WHERE NOT r.excluded) AS tss,
               count(r.debit) AS debit_all, count(r.debit) FILTER (WHERE r.excluded) AS debit_out,
               sum(r.debit) FILTER (WHERE NOT r.excluded) AS debit,
               count(r.cod) AS cod_all, count(r.cod) FILTER (WHERE r.excluded) AS cod_out,
               sum(r.cod) FILTER (WHERE NOT r.excluded) AS cod,
               count(r.nh3n) AS nh3n_all, count(r.nh3n) FILTER (WHERE r.excluded) AS nh3n_out,
               sum(r.nh3n) FILTER (WHERE NOT r.excluded) AS nh3n
        FROM (SELECT DISTINCT n.station, n.hour FROM unnest(stations, hours) AS n (station, hour)) AS t
        CROSS JOIN LATERAL (
            SELECT s.code, s.ph, s.tss, s.debit, s.cod, s.nh3n, EXISTS (
                SELECT 1 FROM wastewater_sensorexclusion x
                WHERE x.station_id = s.station_id AND x.starts_at <= s.measured_at AND s.measured_at < x.ends_at
            ) AS excluded
            FROM wastewater_sensorreading s
            WHERE s.measured_at >= t.hour AND s.measured_at < t.hour + interval '1 hour' AND s.station_id = t.station
        ) AS r
        GROUP BY t.hour, t.station
    ) AS g
    CROSS JOIN LATERAL (
        VALUES ('ph', g.ph_all, g.ph_all - g.ph_out, g.ph_out, g.ph),
               ('tss', g.tss_all, g.tss_all - g.tss_out, g.tss_out, g.tss),
               ('debit', g.debit_all, g.debit_all - g.debit_out, g.debit_out, g.debit),
               ('cod', g.cod_all, g.cod_all - g.cod_out, g.cod_out, g.cod),
               ('nh3n', g.nh3n_all, g.nh3n_all - g.nh3n_out, g.nh3n_out, g.nh3n)
    ) AS p (parameter, known, valid, excluded, total)
    LEFT JOIN wastewater_sensorrule u
        ON (g.hour AT TIME ZONE 'Asia/Jakarta')::date >= u.effective_from
        AND (u.effective_until IS NULL OR (g.hour AT TIME ZONE 'Asia/Jakarta')::date <= u.effective_until)
    WHERE p.known + g.coded > 0;

    DELETE FROM wastewater_sensorday d
    USING (
        SELECT DISTINCT u.station, (u.hour AT TIME ZONE 'Asia/Jakarta')::date AS day
        FROM unnest(stations, hours) AS u (station, hour)
    ) AS t
    WHERE d.day = t.day AND d.station_id = t.station;

    INSERT INTO wastewater_sensorday (
        day, station_id, parameter, valid_hours, valid_count, coded_count, excluded_count, mean, volume_m3, is_valid,
        needs_judging
    )
    SELECT t.day, t.station, h.parameter,
           count(*) FILTER (WHERE h.is_valid),
           sum(h.valid_count),
           sum(h.stopped_count + h.calibration_count + h.fault_count),
           sum(h.excluded_count),
           round(avg(h.mean) FILTER (WHERE h.is_valid), 6),
           CASE WHEN h.parameter = 'debit' THEN round(sum(h.total) * 60 / u.rows_per_hour, 4) END,
           coalesce(count(*) FILTER (WHERE h.is_valid) * 100 >= u.day_percent * 24, false),
           true
    FROM (
        SELECT DISTINCT n.station, (n.hour AT TIME ZONE 'Asia/Jakarta')::date AS day
        FROM unnest(stations, hours) AS n (station, hour)
    ) AS t
    JOIN wastewater_sensorhour h
        ON h.station_id = t.station
        AND h.hour >= (t.day::timestamp AT TIME ZONE 'Asia/Jakarta')
        AND h.hour < ((t.day + 1)::timestamp AT TIME ZONE 'Asia/Jakarta')
    LEFT JOIN wastewater_sensorrule u
        ON t.day >= u.effective_from AND (u.effective_until IS NULL OR t.day <= u.effective_until)
    GROUP BY t.day, t.station, h.parameter, u.day_percent, u.rows_per_hour;
END;
$$
"""


def load_rule(apps, schema_editor):
    apps.get_model("wastewater", "SensorRule").objects.create(
        effective_from=date(2019, 1, 1),
        legal_basis=(
            "Kebiasaan pemantauan (75%) dan bawaan pencatat SPARING; naskah resmi aturan rata-rata dalam PermenLHK "
            "P.93/2018 jo. P.80/2019 belum dilihat. Syarat pH 100% adalah pilihan pengelola."
        ),
        confidence="M",
    )


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0010_sensors")]
    operations = [
        migrations.RunSQL(
            REFRESH,
            "DROP FUNCTION wastewater_refresh_sensor_summaries(bigint[], timestamptz[])",
            elidable=False,
        ),
        migrations.RunPython(load_rule, migrations.RunPython.noop, elidable=False),
    ]
