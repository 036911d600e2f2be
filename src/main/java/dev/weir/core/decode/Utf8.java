package dev.weir.core.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Validates UTF-8 strictly: no overlong form, no surrogate, nothing above U+10FFFF. Jackson checks none of these. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private Utf8() {}

    /**
     * Returns the bytes of a text.
     *
     * @throws MalformedEventException if it has an unpaired surrogate, for which there are none
     */
    static byte[] encode(String text) throws MalformedEventException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new MalformedEventException("an unpaired surrogate");
        }
    }

    static boolean isValid(byte[] bytes) {
        return isValid(bytes, 0, bytes.length);
    }

    /** Returns whether the bytes from {@code from}, inclusive, to {@code end}, exclusive, are UTF-8. */
    static boolean isValid(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            if (i + Long.BYTES <= end && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
            } else if (bytes[i] >= 0) {
                i++;
            } else {
                int length = sequence(bytes, i, end);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    static boolean hasZeroByte(byte[] bytes) {
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            if (((eight - LOW_BITS) & ~eight & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the length of the sequence of two to four bytes that begins at {@code i}; 0 if it is not valid. */
    private static int sequence(byte[] bytes, int i, int end) {
        int first = bytes[i] & 0xFF;
        int second = i + 1 < end ? bytes[i + 1] & 0xFF : 0;
        if (first >= 0xC2 && first <= 0xDF) {
            return within(second, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            boolean good = within(second, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
            return good && continues(bytes, i + 2, end) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            boolean good = within(second, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
            return good && continues(bytes, i + 2, end) && continues(bytes, i + 3, end) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int i, int end) {
        return i < end && (bytes[i] & 0xC0) == 0x80;
    }

    private static boolean within(int value, int low, int high) {
        return value >= low && value <= high;
    }
}
