document.documentElement.lang="LANG";
window.papiHere=HERE;
if(!window.papiMenu){window.papiMenu=function(){
 var links=document.querySelectorAll(".st-key-menu-pages a"),here=links[window.papiHere];if(!here||here.hasAttribute("aria-current"))return;
 links.forEach(function(link){link.removeAttribute("aria-current")});here.setAttribute("aria-current","page");
 var menu=here.closest(".st-key-menu-pages");menu.scrollLeft+=here.getBoundingClientRect().left-menu.getBoundingClientRect().left-48};
 var waiting=false;new MutationObserver(function(){if(!waiting){waiting=true;requestAnimationFrame(function(){waiting=false;window.papiMenu()})}}).observe(document.body,{childList:true,subtree:true})}
window.papiMenu();
if(!window.papiTheme){window.papiTheme=true;
 var app=document.querySelector(".stApp"),follow=function(){document.documentElement.style.colorScheme=getComputedStyle(app).colorScheme};
 new MutationObserver(follow).observe(app,{attributes:true,attributeFilter:["class"]});follow()}
if(!window.papiCopies){window.papiCopies=true;document.addEventListener("click",function(event){
 var button=event.target.closest&&event.target.closest("button.copy");if(!button)return;
 var done=function(){var before=button.dataset.before||(button.dataset.before=button.textContent);button.textContent=button.dataset.done;setTimeout(function(){button.textContent=before},2000)};
 var words=button.parentElement.querySelector(".plain"),copied=words?words.textContent:button.dataset.words?null:location.href;if(copied===null)return;
 var byHand=function(){var box=document.createElement("textarea");box.value=copied;button.parentElement.appendChild(box);box.select();document.execCommand("copy");box.remove();button.focus();done()};
 if(navigator.clipboard&&window.isSecureContext){navigator.clipboard.writeText(copied).then(done,byHand)}else{byHand()}
})}
if(!window.papiPictures){window.papiPictures=true;document.addEventListener("click",function(event){
 var button=event.target.closest&&event.target.closest("button.picture");if(!button)return;
 var plot=button.closest("[class*=st-key-wide-],[class*=st-key-narrow-]").querySelector(".js-plotly-plot"),camera=plot&&plot.querySelector(".modebar-btn");if(!camera)return;
 var usual=plot._context.toImageButtonOptions,format=button.dataset.format;
 plot._context.toImageButtonOptions=Object.assign({},usual,{format:format,scale:format==="svg"?1:usual.scale});
 camera.click();plot._context.toImageButtonOptions=usual})}
