import fc from "fast-check";

// A property that fails must fail again on the next run, on every machine.
fc.configureGlobal({ seed: 20_240_912 });
