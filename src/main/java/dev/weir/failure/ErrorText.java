package dev.weir.failure;

import java.util.regex.Pattern;

/** Formats an error for a person, in the same way for the command line and for {@code doctor}. */
public final class ErrorText {
    /** Weir's own messages begin with the option that they are about. */
    private static final Pattern OPTION =
            Pattern.compile("(weir|execution|parallelism|pipeline|state|taskmanager)\\.[a-z]");

    private ErrorText() {}

    /**
     * Returns the message on one line. If the error is not Weir's, its class comes first, because the class may say
     * more.
     */
    public static String of(Throwable error) {
        String message = message(error);
        if (message.isEmpty()) {
            return error.getClass().getSimpleName();
        }
        boolean ours = OPTION.matcher(message).lookingAt()
                || error.getClass().getName().startsWith("dev.weir.");
        return ours ? message : error.getClass().getSimpleName() + ": " + message;
    }

    /** Returns the message on one line; empty if there is none. */
    public static String message(Throwable error) {
        return error.getMessage() == null ? "" : error.getMessage().strip().replaceAll("\\s+", " ");
    }
}
