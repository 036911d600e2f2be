/**
 * The production job in the hands of a test: it runs on a MiniCluster with a real broker and a real PostgreSQL, once or as several jobs of
 * one pipeline, and what it leaves behind is read back.
 */
package dev.weir.testing.pipeline;
