package dev.weir.files;

import dev.weir.core.model.FileHead;

/** A file without bytes. */
final class EmptyRows implements RowSource {
    private final FileHead head = new FileHead(null, null);

    @Override
    public FileHead head() {
        return head;
    }

    @Override
    public byte[] next() {
        return null;
    }

    @Override
    public void close() {}
}
