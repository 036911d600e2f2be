package dev.weir.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A process to be debugged: for each line that it reads it loads a class anew and runs it. */
final class BreakpointTarget {
    public static void main(String[] args) throws Exception {
        URL[] classpath = Arrays.stream(
                        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .map(BreakpointTarget::url)
                .toArray(URL[]::new);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            try (URLClassLoader loader = new URLClassLoader(classpath, null)) {
                ((Runnable) loader.loadClass(Loaded.class.getName())
                                .getConstructor()
                                .newInstance())
                        .run();
            }
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What is loaded anew. */
    public static final class Loaded implements Runnable {
        @Override
        public void run() {
            System.out.println("begun");
            half();
            System.out.println("done");
        }

        private static void half() {
            System.out.println("half");
        }
    }

    private BreakpointTarget() {}
}
