package dev.weir.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What only tests need is not beside Flink: a job that lacks it would pass here and fail on a cluster. */
class FlinkHomeTest {
    @Test
    void distributionIsFlinkAlone() {
        assertThat(FlinkHome.jarsOfTheDistribution())
                .extracting(jar -> jar.getFileName().toString())
                .anyMatch(name -> name.startsWith("flink-runtime-2"))
                .anyMatch(name -> name.startsWith("flink-metrics-prometheus-"))
                .noneMatch(name -> name.matches("flink-(kubernetes|parquet|test|connector-(base|jdbc|kafka)).*"))
                .noneMatch(name -> name.endsWith("-tests.jar"));
    }

    /** The entry point reads the memory's options from standard output; a configuration in some jar would log there, too. */
    @Test
    void noJarBringsALoggingConfiguration() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path jar : FlinkHome.jarsOfTheDistribution()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.matches("(log4j2?|logback)(-test)?\\.[a-z]+"))
                        .forEach(name -> found.add(jar.getFileName() + ": " + name));
            }
        }
        assertThat(found).isEmpty();
    }
}
