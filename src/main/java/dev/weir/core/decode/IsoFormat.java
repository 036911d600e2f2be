package dev.weir.core.decode;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * An ISO 8601 date and time: {@code 2024-03-01T12:30[:15[.123]][Z|+01:00|+0100|+01]}. A T or a space separates the two, any number of
 * fraction digits may follow a point or comma, and a year with a sign may have more than four digits. Holds the state of the parser; not
 * thread-safe.
 */
final class IsoFormat implements TimeFormat {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int GREATEST_YEAR = 999_999_999;

    private final LocalTimes zone;
    private String text;
    private int at;
    private boolean good;
    /** Whether the text names no offset. */
    private boolean local;

    /** The fraction of the second, in microseconds. */
    private long micros;

    /**
     * Creates the format.
     *
     * @param zone the zone of a text that names no offset
     */
    IsoFormat(LocalTimes zone) {
        this.zone = zone;
    }

    @Override
    public long ofText(String isoText) {
        text = isoText;
        at = 0;
        good = true;
        long localSecond = date() * SECONDS_PER_DAY;
        expect(at < text.length() && (peek() == 'T' || peek() == 't' || peek() == ' '));
        at++;
        localSecond += timeOfDay();
        if (!good) {
            return Micros.NONE;
        }
        local = at == text.length();
        long epochSecond = local ? zone.toEpochSecond(localSecond) : localSecond - offset();
        return good && at == text.length()
                ? Micros.plus(Micros.of(epochSecond, Micros.PER_SECOND), micros)
                : Micros.NONE;
    }

    @Override
    public boolean isOpen() {
        return local && zone.isOpen();
    }

    /** Parses a date; returns days since the epoch. */
    private long date() {
        long year = year();
        separator('-');
        int month = twoDigits(12);
        separator('-');
        int day = twoDigits(31);
        expect(month > 0 && day > 0);
        if (!good || day > YearMonth.of((int) year, month).lengthOfMonth()) {
            good = false;
            return 0;
        }
        return LocalDate.of((int) year, month, day).toEpochDay();
    }

    private long year() {
        boolean signed = !text.isEmpty() && (peek() == '+' || peek() == '-');
        boolean negative = signed && peek() == '-';
        at = signed ? 1 : 0;
        int start = at;
        long year = 0;
        for (; at < text.length() && Decimals.isDigit(peek()) && at - start < 10; at++) {
            year = year * 10 + (peek() - '0');
        }
        int digits = at - start;
        expect(signed ? digits >= 4 && year <= GREATEST_YEAR : digits == 4);
        return negative ? -year : year;
    }

    /** Parses a time of day; returns seconds since midnight. Only a second can have a fraction. 24:00 is the end of the day. */
    private long timeOfDay() {
        int hour = twoDigits(24);
        separator(':');
        int minute = twoDigits(59);
        int second = 0;
        micros = 0;
        if (at < text.length() && peek() == ':') {
            at++;
            second = twoDigits(59);
            micros = fraction();
        }
        expect(hour < 24 || minute + second + micros == 0);
        return hour * 3600L + minute * 60L + second;
    }

    /** Parses the fraction of a second; returns microseconds, with further digits cut off. */
    private long fraction() {
        if (at >= text.length() || (peek() != '.' && peek() != ',')) {
            return 0;
        }
        int start = ++at;
        long fraction = 0;
        for (long weight = Micros.PER_SECOND / 10; at < text.length() && Decimals.isDigit(peek()); at++, weight /= 10) {
            fraction += weight * (peek() - '0');
        }
        expect(at > start);
        return fraction;
    }

    /** Parses an offset; returns seconds east of Greenwich. */
    private long offset() {
        char sign = peek();
        at++;
        if (sign == 'Z' || sign == 'z') {
            return 0;
        }
        expect(sign == '+' || sign == '-');
        int hours = twoDigits(18);
        boolean colon = at < text.length() && peek() == ':';
        at += colon ? 1 : 0;
        int minutes = colon || at < text.length() ? twoDigits(59) : 0;
        expect(hours < 18 || minutes == 0);
        long seconds = hours * 3600L + minutes * 60L;
        return sign == '-' ? -seconds : seconds;
    }

    private int twoDigits(int max) {
        if (!good || at + 2 > text.length() || !Decimals.isDigit(peek()) || !Decimals.isDigit(text.charAt(at + 1))) {
            good = false;
            return 0;
        }
        int number = (peek() - '0') * 10 + (text.charAt(at + 1) - '0');
        at += 2;
        expect(number <= max);
        return number;
    }

    private void separator(char c) {
        expect(at < text.length() && peek() == c);
        at++;
    }

    private void expect(boolean condition) {
        good &= condition;
    }

    private char peek() {
        return text.charAt(at);
    }
}
