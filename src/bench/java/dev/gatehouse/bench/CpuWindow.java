package dev.gatehouse.bench;

/** CPU times between {@link #open} and {@link #close}. Confined to one thread. */
final class CpuWindow {
    private final LoadOrder order;
    private final long openedNanos;
    private double proxy;
    private double compiler;
    private double load;
    private double core;
    private double seconds;

    private CpuWindow(LoadOrder order) {
        this.order = order;
        proxy = -ProcStat.cpuSeconds(order.proxyPid());
        compiler = -ProcStat.compilerSeconds(order.proxyPid());
        load = -loadCpu();
        core = -ProcStat.coreBusySeconds(order.proxyCore());
        openedNanos = System.nanoTime();
    }

    static CpuWindow open(LoadOrder order) {
        return new CpuWindow(order);
    }

    void close() {
        seconds = (System.nanoTime() - openedNanos) / 1e9;
        proxy += ProcStat.cpuSeconds(order.proxyPid());
        compiler += ProcStat.compilerSeconds(order.proxyPid());
        load += loadCpu();
        core += ProcStat.coreBusySeconds(order.proxyCore());
    }

    double seconds() {
        return seconds;
    }

    double proxySeconds() {
        return proxy;
    }

    double compilerSeconds() {
        return Math.max(0, compiler);
    }

    double loadSeconds() {
        return load;
    }

    double otherSeconds() {
        return Math.max(0, core - proxy);
    }

    private double loadCpu() {
        return ProcStat.cpuSeconds(order.backendPid())
                + ProcStat.cpuSeconds(ProcessHandle.current().pid());
    }
}
