package dev.weir.testing.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Breaks events at random: bits, bytes, pieces moved, and pieces put in that have broken parsers before. A seed means one sequence. */
final class Mutator {
    /** What is put in. Longer than any event is only {@link #huge}. */
    private static final List<byte[]> PIECES = List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    ";",
                    " ",
                    "\"",
                    "\"\"",
                    "\\",
                    "\\u0000",
                    "\\ud83d",
                    "\r\n",
                    "\n",
                    "\t",
                    "\0",
                    "\uFEFF",
                    "\u0085",
                    "\u00e9",
                    "null",
                    "true",
                    "NaN",
                    "-Infinity",
                    "NA",
                    "1e999",
                    "-1e-999",
                    "-0",
                    "0x1p3",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "1e2147483648",
                    "0.00000000000000000000000000000000000000000001",
                    "2024-02-30T00:00:00Z",
                    "2000-01-01T00:00:00Z",
                    "2001-01-01T00:00:00Z",
                    "9999-12-31T23:59:60+18:00",
                    "\"value\":1,",
                    "\"metric\":\"humidity\",",
                    "\"data\":[{\"value\":1},2],",
                    "\"\":{\"\":null},",
                    "%",
                    "%90796",
                    "12/05/2026",
                    "85/100",
                    "5 m.((((((km18)18)18)18)18)18)18",
                    "\"unit\":\"((((((km18)18)18)18)18)18)18\",")
            .stream()
            .map(FuzzSource::utf8)
            .toList();

    /** Integers of binary formats: -1, the ends of long, one bit too many, and one without an end. */
    private static final List<byte[]> INTEGERS = List.of(
            new byte[] {1},
            new byte[] {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2},
            new byte[] {-128, -128, -128, -128, -128, -128, -128, -128, -128, -128, 0},
            new byte[] {-128, -128, 0},
            new byte[] {-2, -1, -1, -1, 15});

    private static final int GREATEST_RANDOM_BYTES = 400;
    private static final int BEYOND_MEBIBYTE = (1 << 20) + 1;

    private final Random random;
    private final JsonMutator json;

    Mutator(Random random) {
        this.random = random;
        this.json = new JsonMutator(random);
    }

    /** Bytes of any kind, often none. */
    byte[] noise() {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(GREATEST_RANDOM_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A value at the limit of 1 MiB or just beyond, of one piece over and over. */
    byte[] huge() {
        byte[] piece = piece();
        byte[] bytes = new byte[BEYOND_MEBIBYTE - random.nextInt(2)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = piece[i % piece.length];
        }
        return bytes;
    }

    /** One to four changes to a copy, one of them to the structure if it is JSON; then there may be no other. */
    byte[] mutate(byte[] value) {
        byte[] structured = random.nextInt(2) == 0 ? json.mutate(value) : null;
        byte[] bytes = structured == null ? value : structured;
        for (int changes = structured == null ? 1 + random.nextInt(4) : random.nextInt(2); changes > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, at);
            case 1 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, Math.min(bytes.length, at + 1));
            case 2 -> joined(bytes, at, piece(), at);
            case 3 -> joined(bytes, at, piece(), to);
            case 4 -> joined(bytes, at, new byte[0], to);
            case 5 -> joined(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
            case 6 -> Arrays.copyOf(bytes, at);
            default -> digit(bytes, at);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        if (at < copy.length) {
            copy[at] = (byte) (copy[at] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    /** The next digit is another: so that numbers and times stay what they are, and are wrong. */
    private byte[] digit(byte[] bytes, int from) {
        byte[] copy = bytes.clone();
        for (int i = from; i < copy.length; i++) {
            if (copy[i] >= '0' && copy[i] <= '9') {
                copy[i] = (byte) ('0' + random.nextInt(10));
                return copy;
            }
        }
        return copy;
    }

    private byte[] piece() {
        List<byte[]> pieces = random.nextInt(8) == 0 ? INTEGERS : PIECES;
        return pieces.get(random.nextInt(pieces.size()));
    }

    /** The piece in place of what stands from {@code from}, inclusive, to {@code to}, exclusive. */
    private static byte[] joined(byte[] bytes, int from, byte[] piece, int to) {
        byte[] joined = Arrays.copyOf(bytes, from + piece.length + bytes.length - to);
        System.arraycopy(piece, 0, joined, from, piece.length);
        System.arraycopy(bytes, to, joined, from + piece.length, bytes.length - to);
        return joined;
    }
}
