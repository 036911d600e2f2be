package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.failure.NotStartedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.core.plugin.PluginUtils;

/** Makes Flink's file systems known to this process, as a cluster does: all but local files are plugins. */
final class FileSystems {
    private FileSystems() {}

    static void initialize(Configuration flink) {
        // Without a folder of plugins Flink warns at each start.
        String plugins = System.getenv().getOrDefault(ConfigConstants.ENV_FLINK_PLUGINS_DIR, "plugins");
        FileSystem.initialize(
                flink,
                Files.isDirectory(java.nio.file.Path.of(plugins))
                        ? PluginUtils.createPluginManagerFromRootFolder(flink)
                        : null);
    }

    /**
     * Looks for the file system of each place that a job in this process writes to. Without it each attempt of the job would fail.
     *
     * @throws NotStartedException naming the option and the cure
     */
    static void require(WeirConfig config, Configuration flink) throws NotStartedException {
        if (config.lake() != null) {
            require("weir.lake.path", config.lake().path());
        }
        for (ConfigOption<String> option :
                List.of(CheckpointingOptions.CHECKPOINTS_DIRECTORY, CheckpointingOptions.SAVEPOINT_DIRECTORY)) {
            if (flink.contains(option)) {
                require(option.key(), flink.get(option));
            }
        }
    }

    private static void require(String option, String path) throws NotStartedException {
        URI uri = new Path(path).toUri();
        try {
            var unused = FileSystem.getUnguardedFileSystem(uri);
        } catch (UnsupportedFileSystemSchemeException e) {
            String scheme = uri.getScheme();
            String plugin = String.valueOf(scheme).startsWith("s3") ? "flink-s3-fs-hadoop" : "the file system's plugin";
            String message = option + ": this process knows no file system for " + scheme + "://; put " + plugin
                    + " into a folder of its own below plugins/, or below the directory that FLINK_PLUGINS_DIR names (docs/deploying.md)";
            // Flink's own words say the same, at length.
            throw new NotStartedException(new IllegalStateException(message));
        } catch (IOException e) {
            throw new NotStartedException(
                    new IllegalStateException(option + ": " + path + " cannot be opened (" + e.getMessage() + ")", e));
        }
    }
}
