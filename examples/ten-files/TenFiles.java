import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the files of this example: ten gzip CSV files with 384,876 rows in all, and a copy of each under another name. The same rows at
 * every run, but for the last digits of some numbers, which depend on the version of Java. Run it with
 *
 * <pre>java examples/ten-files/TenFiles.java /tmp/ten-files</pre>
 */
public final class TenFiles {
    private static final int FILES = 10;
    private static final int ROWS = 384_876;
    /** A day in July 2020, epoch seconds. */
    private static final double START = 1594512094.3859746;

    private static final String HEADER = "\"ts\",\"device\",\"co\",\"humidity\",\"light\",\"lpg\",\"motion\",\"smoke\",\"temp\"\n";
    private static final String[] DEVICES = {"00:0f:00:70:91:0a", "1c:bf:ce:15:ec:4d", "b8:27:eb:bf:9d:51"};

    private final Random random = new Random(4276);
    private final double[] humidity = {75.5, 61.9, 50.9};
    private final double[] temperature = {19.4, 27.2, 22.6};
    private double now = START;

    private TenFiles() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Write: java TenFiles.java <directory>");
            System.exit(1);
        }
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        TenFiles files = new TenFiles();
        for (int file = 1; file <= FILES; file++) {
            Path original = directory.resolve(String.format("sensors-%02d.csv.gz", file));
            // 384,876 is no multiple of ten: the first six have a row more.
            files.write(original, ROWS / FILES + (file <= ROWS % FILES ? 1 : 0));
            Files.write(directory.resolve(String.format("sensors-%02d-again.csv.gz", file)), Files.readAllBytes(original));
        }
        System.out.println(2 * FILES + " files with " + 2 * ROWS + " rows are in " + directory);
    }

    private void write(Path file, int rows) throws IOException {
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            out.write(HEADER);
            for (int i = 0; i < rows; i++) {
                out.write(row());
            }
        }
    }

    private String row() {
        // Eight days in all; no two rows have the same time.
        now += 0.2 + 3.192 * random.nextDouble();
        int device = random.nextInt(DEVICES.length);
        humidity[device] = within(1, 99, humidity[device] + 0.2 * random.nextGaussian());
        temperature[device] = within(0, 31, temperature[device] + 0.1 * random.nextGaussian());
        double co = within(0.0012, 0.0144, 0.0046 + 0.0012 * random.nextGaussian());
        return quoted(now)
                + ',' + quoted(DEVICES[device])
                + ',' + quoted(co)
                + ',' + quoted(rounded(humidity[device]))
                + ',' + quoted(random.nextInt(4) == 0)
                + ',' + quoted(0.0027 + co)
                + ',' + quoted(random.nextInt(800) == 0)
                + ',' + quoted(0.0067 + 2.2 * co)
                + ',' + quoted(rounded(temperature[device]))
                + '\n';
    }

    /** Returns a number of one decimal, as a program writes it that has read it as a float. */
    private static double rounded(double value) {
        return (float) (Math.round(value * 10) / 10.0);
    }

    private static double within(double least, double greatest, double value) {
        return Math.max(least, Math.min(greatest, value));
    }

    private static String quoted(Object value) {
        return "\"" + value + '"';
    }
}
