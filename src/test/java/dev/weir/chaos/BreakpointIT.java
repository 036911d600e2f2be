package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakpointIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration A_LITTLE = Duration.ofMillis(200);

    @ParameterizedTest
    @EnumSource(NamedPoint.class)
    void everyNamedPointIsThere(NamedPoint point) throws ClassNotFoundException {
        Class<?> type = Class.forName(point.className(), false, getClass().getClassLoader());

        assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
                .contains(point.method());
    }

    @Test
    void stopsAProcessInsideAMethodOfAClassThatIsLoadedAgainAndAgain() throws Exception {
        Process process = start();
        try (BufferedReader out = process.inputReader();
                BufferedWriter in = process.outputWriter()) {
            try (Breakpoint atEnd = attach(process.pid(), true)) {
                assertThat(atEnd.awaitHit(A_LITTLE)).isFalse();
                go(in);
                assertThat(atEnd.awaitHit(SOON)).isTrue();
                assertThat(out.readLine()).isEqualTo("begun");
                assertThat(out.readLine()).isEqualTo("half");
                assertThat(out.ready()).isFalse();
            }
            assertThat(out.readLine()).isEqualTo("done");

            try (Breakpoint atStart = attach(process.pid(), false)) {
                for (int attempt = 1; attempt <= 2; attempt++) {
                    go(in);
                    assertThat(atStart.awaitHit(SOON)).isTrue();
                    assertThat(out.readLine()).isEqualTo("begun");
                    assertThat(out.ready()).isFalse();
                    atStart.goOn();
                    assertThat(atStart.awaitHit(A_LITTLE)).isFalse();
                    assertThat(out.readLine()).isEqualTo("half");
                    assertThat(out.readLine()).isEqualTo("done");
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void go(BufferedWriter in) throws IOException {
        in.write("go\n");
        in.flush();
    }

    private static Breakpoint attach(long pid, boolean atEnd) throws IOException {
        int port = DebugAgent.port(pid).orElseThrow();
        return await().atMost(SOON)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> Breakpoint.set(port, BreakpointTarget.Loaded.class.getName(), "half", atEnd),
                        breakpoint -> true);
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        DebugAgent.argument() + ",quiet=y",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BreakpointTarget.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
