/**
 * The sentences for faults of devices whose module has the file src/main/page/faults.json: {"code": "sentence"}. The build
 * collects them, so the built page has them instead of this empty object.
 */
export const DEVICE_FAULTS = {};
