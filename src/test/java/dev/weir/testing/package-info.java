/** What tests and the demo stand on: embedded servers, the oracle, generators. No test of the job lives here. */
package dev.weir.testing;
