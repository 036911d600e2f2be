package dev.weir.source;

import dev.weir.core.catalog.Input;
import dev.weir.files.AnnouncedFile;
import dev.weir.files.FileReader;
import dev.weir.files.ResumeAt;

/** Opens announced files, as {@link FileReader#open} does. */
interface FileOpener {
    FileReader.Handle open(Input input, AnnouncedFile file, ResumeAt resume);
}
