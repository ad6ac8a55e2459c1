// Loaded before every Node program that the documentation runs: only this machine can be reached.
import net from "node:net";

const connect = net.Socket.prototype.connect;
const here = /^(localhost|127\.[\d.]+|::1|0\.0\.0\.0)$/;

net.Socket.prototype.connect = function (...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  const host = typeof options === "object" ? options.host : given[1];
  if (typeof host === "string" && !here.test(host)) {
    const error = new Error(`${host} is out of reach: mark the block "network" if it needs the network`);
    return this.destroy(error);
  }
  return connect.apply(this, given);
};
