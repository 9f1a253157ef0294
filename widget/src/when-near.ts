/** On the screen or about to be: whoever could look at the element, or reach it by hand or by key, has come near. */
export function whenNear(element: Element, run: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      run()
    },
    { rootMargin: "200px" },
  )
  observer.observe(element)
}
