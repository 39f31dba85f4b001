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
    SELECT t.hour, t.station, p.parameter,
           count(p.value) FILTER (WHERE NOT r.excluded),
           count(*) FILTER (WHERE r.code = -1 AND NOT r.excluded),
           count(*) FILTER (WHERE r.code = -2 AND NOT r.excluded),
           count(*) FILTER (WHERE r.code = -3 AND NOT r.excluded),
           count(*) FILTER (WHERE r.excluded),
           sum(p.value) FILTER (WHERE NOT r.excluded),
           round(avg(p.value) FILTER (WHERE NOT r.excluded), 6),
           coalesce(count(p.value) FILTER (WHERE NOT r.excluded) * 100 >= u.hour_percent * u.rows_per_hour, false)
    FROM (SELECT DISTINCT n.station, n.hour FROM unnest(stations, hours) AS n (station, hour)) AS t
    CROSS JOIN LATERAL (
        SELECT s.code, s.ph, s.tss, s.debit, s.cod, s.nh3n, EXISTS (
            SELECT 1 FROM wastewater_sensorexclusion x
            WHERE x.station_id = s.station_id AND x.starts_at <= s.measured_at AND s.measured_at < x.ends_at
        ) AS excluded
        FROM wastewater_sensorreading s
        WHERE s.measured_at >= t.hour AND s.measured_at < t.hour + interval '1 hour' AND s.station_id = t.station
    ) AS r
    CROSS JOIN LATERAL (
        VALUES ('ph', r.ph), ('tss', r.tss), ('debit', r.debit), ('cod', r.cod), ('nh3n', r.nh3n)
    ) AS p (parameter, value)
    LEFT JOIN wastewater_sensorrule u
        ON (t.hour AT TIME ZONE 'Asia/Jakarta')::date >= u.effective_from
        AND (u.effective_until IS NULL OR (t.hour AT TIME ZONE 'Asia/Jakarta')::date <= u.effective_until)
    WHERE p.value IS NOT NULL OR r.code <> 0
    GROUP BY t.hour, t.station, p.parameter, u.hour_percent, u.rows_per_hour;

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
    dependencies = [("wastewater", "0008_sensors")]
    operations = [
        migrations.RunSQL(
            REFRESH,
            "DROP FUNCTION wastewater_refresh_sensor_summaries(bigint[], timestamptz[])",
            elidable=False,
        ),
        migrations.RunPython(load_rule, migrations.RunPython.noop, elidable=False),
    ]
