/** Writes announcements of files that are there already, for backfills and for notifications that were lost. */
package dev.weir.announce;
