package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Reading;
import dev.weir.testing.LakeReader;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar has no Hadoop in it: Hadoop is here only to compile. */
class WithoutHadoopTest {
    @TempDir
    Path lake;

    @Test
    void everyCompressionIsWrittenWithoutHadoopOnTheClassPath() throws Exception {
        try (URLClassLoader loader = withoutHadoop()) {
            assertThatThrownBy(() -> loader.loadClass("org.apache.hadoop.conf.Configuration"))
                    .isInstanceOf(ClassNotFoundException.class);
            Method write = loader.loadClass(WithoutHadoopTest.class.getName())
                    .getDeclaredMethod("writeWithEveryCompression", String.class);
            write.setAccessible(true);
            write.invoke(null, lake.toString());
        }
        assertThat(new LakeReader(lake).readings()).hasSize(WeirOptions.Compression.values().length);
    }

    /** Runs in the other class loader, hence no type of this project in its signature. */
    static void writeWithEveryCompression(String lake) throws Exception {
        for (WeirOptions.Compression compression : WeirOptions.Compression.values()) {
            try (LakeHarness<Reading> harness = LakeHarness.readings(new WeirConfig.Lake(lake, compression, 64))) {
                harness.write(LakeHarness.reading("2024-01-01T00:00:00Z", 1)).checkpointAndCommit();
            }
        }
    }

    private static URLClassLoader withoutHadoop() {
        URL[] jars = Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.contains("hadoop-common"))
                .map(WithoutHadoopTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
