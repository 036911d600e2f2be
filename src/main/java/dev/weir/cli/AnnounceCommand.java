package dev.weir.cli;

import dev.weir.announce.AnnounceRequest;
import dev.weir.announce.AnnounceRequest.Order;
import dev.weir.announce.Announcer;
import dev.weir.announce.Progress;
import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists files and announces them to the job, as the object store announces new ones. */
@Command(
        name = "announce",
        mixinStandardHelpOptions = true,
        description =
                "Lists files and writes an announcement of each to the topic that the job reads. Exit code 0: done, 1: nothing was"
                        + " written, because of a mistake or because a server or directory cannot be used, 2: it failed in the middle; run"
                        + " it again.",
        footer = {
            "",
            "Example: weir announce --path s3://plant-raw/2026/ --match '*.csv.gz' --key '.*/([^/]+)/[^/]+' --missing"
        })
final class AnnounceCommand implements Callable<Integer> {
    @Mixin
    private ConfigArguments arguments = new ConfigArguments();

    @Option(
            names = "--path",
            required = true,
            paramLabel = "<URI>",
            description =
                    "A directory, all of whose files are listed, or one file. It must be below an allow of the input.")
    private String path;

    @Option(
            names = "--match",
            paramLabel = "<glob>",
            description =
                    "Takes only files that match: by name, for instance '*.csv.gz', or with a slash by the path below --path, for"
                            + " instance '2026-*/**.gz'. Default: all whose name does not begin with . or _")
    private String match;

    @Option(
            names = "--key",
            paramLabel = "<regex>",
            description =
                    "The announcement's key: what the one group captures in the whole URI. Files with the same key are read in order."
                            + " Default: the URI.")
    private String key;

    @Option(
            names = "--order",
            paramLabel = "name|modified",
            description = "The order of the announcements: by URI, or by modification time. Default: name.")
    private String order = "name";

    @Option(
            names = "--missing",
            description =
                    "Leaves out files that the table weir_files has, read or rejected, unless they were modified after that.")
    private boolean missing;

    @Option(
            names = "--topic",
            paramLabel = "<topic>",
            description = "The topic to write to. Default: that of the one input with files.")
    private String topic;

    @Option(names = "--dry-run", description = "Prints key, size and URI of each announcement, and writes none.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    private final ConfigLoader loader;

    AnnounceCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        AnnounceRequest request = new AnnounceRequest(path, match, key, order(), missing, topic);
        ConsoleProgress console = new ConsoleProgress(err, System.console() != null, System::nanoTime);
        Counted progress = new Counted(console);
        try {
            Resolved resolved = arguments.load(loader);
            FileSystems.initialize(resolved.flink());
            Announcer announcer = new Announcer(resolved.config(), progress);
            Announcer.Plan plan = announcer.plan(request);
            console.end();
            if (dryRun) {
                print(plan);
            } else if (!plan.files().isEmpty()) {
                announcer.write(plan);
            }
            spec.commandLine().getOut().println(summary(plan));
            spec.commandLine().getOut().flush();
            return ExitCode.FINISHED;
        } catch (ConfigurationException e) {
            ConfigReport.printProblems(e, err);
            return ExitCode.NOT_STARTED;
        } catch (UnsupportedFileSystemSchemeException e) {
            String cure =
                    "; put its plugin into a folder of its own below plugins/, or below the directory that FLINK_PLUGINS_DIR"
                            + " names (docs/deploying.md)";
            err.println("nothing announced: --path: this process knows no file system for " + path + cure);
            return ExitCode.NOT_STARTED;
        } catch (IllegalArgumentException e) {
            console.end();
            err.println("nothing announced: " + e.getMessage());
            return ExitCode.NOT_STARTED;
        } catch (IOException e) {
            console.end();
            FailureReport.print("nothing announced: --path " + path + " cannot be listed", e, err);
            return ExitCode.NOT_STARTED;
        } catch (IllegalStateException e) {
            console.end();
            boolean begun = progress.announced > 0;
            FailureReport.print(
                    begun ? "announced only the first " + progress.announced + " files" : "nothing announced", e, err);
            return begun ? ExitCode.JOB_FAILED : ExitCode.NOT_STARTED;
        }
    }

    private Order order() {
        return switch (order) {
            case "name" -> Order.NAME;
            case "modified" -> Order.MODIFIED;
            default ->
                throw new ParameterException(spec.commandLine(), "--order must be name or modified, got " + order);
        };
    }

    private void print(Announcer.Plan plan) {
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < plan.files().size(); i++) {
            out.println(plan.keys().get(i)
                    + '\t'
                    + plan.files().get(i).size()
                    + '\t'
                    + plan.files().get(i).uri());
        }
    }

    private String summary(Announcer.Plan plan) {
        StringBuilder summary = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %,d files of %,d bytes on %s",
                dryRun ? "would announce" : "announced",
                plan.files().size(),
                plan.bytes(),
                plan.topic()));
        add(summary, plan.known(), "are known already");
        add(summary, plan.unmatched(), match == null ? "begin with . or _" : "do not match");
        add(summary, plan.refused(), "may not be read");
        return summary.toString();
    }

    private static void add(StringBuilder summary, long files, String why) {
        if (files > 0) {
            summary.append(String.format(Locale.ROOT, "; %,d %s", files, why));
        }
    }

    /** Remembers how many files are announced. */
    private static final class Counted implements Progress {
        private final Progress shown;
        private long announced;

        Counted(Progress shown) {
            this.shown = shown;
        }

        @Override
        public void listed(long files) {
            shown.listed(files);
        }

        @Override
        public void announced(long files, long total) {
            announced = files;
            shown.announced(files, total);
        }
    }
}
