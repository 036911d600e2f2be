/** Proves that what is shipped works as a user starts it: the two jars, the image, and the job jar on a cluster of processes. */
package dev.weir.packaging;
