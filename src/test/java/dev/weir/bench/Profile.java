package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a recorded process spent its time: samples of Java and of native code, by method on top, by package, and by thread. */
final class Profile {
    private static final int LINES = 25;
    private static final int PACKAGE_PARTS = 4;

    private final Map<String, Long> methods = new HashMap<>();
    private final Map<String, Long> packages = new HashMap<>();
    private final Map<String, Long> threads = new HashMap<>();
    private long samples;

    private Profile() {}

    static Profile of(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.add(file.readEvent());
            }
        }
        return profile;
    }

    private void add(RecordedEvent event) {
        String type = event.getEventType().getName();
        boolean java = type.equals("jdk.ExecutionSample");
        if (!java && !type.equals("jdk.NativeMethodSample") || event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        if (frames.isEmpty() || !java && waits(frames.get(0))) {
            return;
        }
        samples++;
        methods.merge(method(frames.get(0)), 1L, Long::sum);
        packages.merge(packageOf(frames), 1L, Long::sum);
        String thread = event.getThread("sampledThread").getJavaName();
        threads.merge(String.valueOf(thread).replaceAll("[ (-]*\\d.*", ""), 1L, Long::sum);
    }

    /** A native sample only says that the thread is in native code: these wait there. */
    private static boolean waits(RecordedFrame frame) {
        String name = method(frame);
        return name.contains("epoll") || name.contains("EPoll") || name.contains("accept") || name.contains("Socket");
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** What the JDK does counts for its caller. */
    private static String packageOf(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (!type.matches("(java|jdk|sun|com\\.sun)\\..*")) {
                String[] parts = type.split("\\.", -1);
                return String.join(".", List.of(parts).subList(0, Math.min(PACKAGE_PARTS, parts.length - 1)));
            }
        }
        return "java";
    }

    @Override
    public String toString() {
        return table("package", packages) + table("method", methods) + table("thread", threads);
    }

    private String table(String title, Map<String, Long> counts) {
        StringBuilder text = new StringBuilder("  by " + title + ", of " + samples + " samples\n");
        Function<Long, Double> share = count -> 100.0 * count / samples;
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(LINES)
                .forEach(one -> text.append(
                        String.format(Locale.ROOT, "  %5.1f %%  %s%n", share.apply(one.getValue()), one.getKey())));
        return text.toString();
    }
}
