-- Walks a fixed list of request targets, over and over, and prints the figures as one line of JSON.
-- usage: wrk -s mix.lua URL -- FILE START, with one target a line. The threads begin at START and half the list from there.
local threads = 0

function setup(thread)
    thread:set("place", threads)
    threads = threads + 1
end

function init(arguments)
    requests = {}
    for target in io.lines(arguments[1]) do
        requests[#requests + 1] = wrk.format("GET", target)
    end
    next_one = math.floor(#requests * place / 2 + tonumber(arguments[2])) % #requests
end

function request()
    next_one = next_one % #requests + 1
    return requests[next_one]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"us":%d,"p50":%d,"p99":%d,"max":%d,"bytes":%d,"bad_status":%d,"broken":%d,"timeouts":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, summary.bytes,
        errors.status, errors.connect + errors.read + errors.write, errors.timeout))
end
