package dev.weir.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who may run, and the entry of the process in which one does. */
final class Contenders {
    static final String LIMIT_DRAIN = "limit-drain";
    static final String LIMIT_TOKENS = "limit-tokens";
    static final String PLAIN = "plain";
    static final String WEIR = "weir";
    /** Weir on the same readings in another {@link Form}. */
    static final List<String> WEIR_FORMS = List.of("weir-arrays", "weir-avro", "weir-files", "weir-small");
    /** The plain job, with Flink's own source of files, on the folder of {@code weir-files}. */
    static final String PLAIN_FILES = "plain-files";

    static final List<String> NAMES = List.of(LIMIT_DRAIN, LIMIT_TOKENS, PLAIN, WEIR);

    /** Of the workload {@code files}. */
    static final List<String> OF_FILES = List.of(WEIR, "weir-files", "weir-small", PLAIN_FILES);

    private Contenders() {}

    /** In the child: the argument is the directory of its task. */
    public static void main(String[] args) {
        int exitCode = 0;
        try {
            Task task = Task.read(Path.of(args[0]));
            if (Files.exists(task.warmup())) {
                of(task.name()).run(Task.read(task.warmup()));
            }
            of(task.name()).run(task).write(task.result());
        } catch (Throwable failure) {
            failure.printStackTrace();
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    static Contender of(String name) {
        return switch (name) {
            case LIMIT_DRAIN -> new LimitContender(false);
            case LIMIT_TOKENS -> new LimitContender(true);
            case PLAIN, PLAIN_FILES -> new PlainContender();
            case WEIR -> new WeirContender();
            default -> {
                if (WEIR_FORMS.contains(name)) {
                    yield new WeirContender();
                }
                throw new IllegalArgumentException("weir.bench.contenders has \"" + name + "\"; there are " + NAMES
                        + ", " + WEIR_FORMS + " and " + PLAIN_FILES);
            }
        };
    }
}
