package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
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

/** Registers Flink's file systems in this process, as a cluster does. All except local files are plugins. */
final class FileSystems {
    private FileSystems() {}

    static void initialize(Configuration flink) {
        // Flink warns at each start if there is no folder of plugins.
        String plugins = System.getenv().getOrDefault(ConfigConstants.ENV_FLINK_PLUGINS_DIR, "plugins");
        FileSystem.initialize(
                flink,
                Files.isDirectory(java.nio.file.Path.of(plugins))
                        ? PluginUtils.createPluginManagerFromRootFolder(flink)
                        : null);
    }

    /**
     * Checks that this process has the file system of each place that the job writes to or reads files from. Without it each execution
     * attempt of the job would fail.
     *
     * @throws NotStartedException if one is missing; the message names the option and the cure
     */
    static void require(WeirConfig config, Configuration flink) throws NotStartedException {
        if (config.lake() != null) {
            require("weir.lake.path", config.lake().path());
        }
        for (Input input : config.catalog().inputs()) {
            if (input.files() != null) {
                for (String prefix : input.files().allow()) {
                    require("files.allow in the catalog", prefix);
                }
            }
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
            // Flink's exception is left out: it says the same, but longer.
            throw new NotStartedException(new IllegalStateException(message));
        } catch (IOException e) {
            throw new NotStartedException(
                    new IllegalStateException(option + ": " + path + " cannot be opened (" + e.getMessage() + ")", e));
        }
    }
}
