namespace TargoGiftbit.Simulator.Http;

/// <summary>The requests that a simulator got, oldest first; the oldest are dropped beyond the limit.</summary>
public sealed class RequestRecorder(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<ServiceRequest> _requests = new();

    public IReadOnlyList<ServiceRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Requests of a service (<c>giftbit</c>) or of a route (<c>giftbit.gifts</c>).</summary>
    public IReadOnlyList<ServiceRequest> Of(string serviceOrRoute) =>
        [.. All.Where(r => r.Service == serviceOrRoute || r.Route == serviceOrRoute)];

    public int Count(string serviceOrRoute) => Of(serviceOrRoute).Count;

    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }

    internal void Add(ServiceRequest request)
    {
        if (limit <= 0)
            return;
        lock (_gate)
        {
            if (_requests.Count >= limit)
                _requests.Dequeue();
            _requests.Enqueue(request);
        }
    }
}
